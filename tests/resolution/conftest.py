"""Names in Chinese characters load a dictionary; hypothesis would take that for a slow example."""

from kg.resolution.names.chinese import pinyin

pinyin("中")
