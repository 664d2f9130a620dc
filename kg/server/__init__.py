"""The graph over HTTP: the SPARQL protocol, and pages for those who would rather ask in words.

::

    settings.py      what a deployment may choose, and the bounds of a request
    app.py           routes, and what starts and stops with the server
    guard.py         around every request: sizes, rates, headers, logs, metrics
    negotiation.py   what a client accepts, against what there is
    description.py   what the addresses are, for programs (OpenAPI)
    protocol.py      SPARQL 1.1 Protocol and Graph Store Protocol: requests → jobs
    workers.py       processes that answer jobs, ended when they take too long
    worker.py        such a process: a graph, and a bound on its memory
    jobs.py          everything that reads the graph; runs in workers only
    pages.py         requests for pages → jobs → templates

The process that listens never reads the graph itself: whatever a query does, it does to a
worker.
"""
