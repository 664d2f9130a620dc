"""Where everything stands, computed before the page opens: four arrangements, two formats.

Each arrangement is a function that gives every institution its place and says which words
(countries, cities, years) stand where. None of them has any chance in it but a fixed seed.
"""
