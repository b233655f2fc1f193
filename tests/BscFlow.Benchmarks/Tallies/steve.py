"""Counts a table with the single transferable vote of apache/steve: steve.py CHECKOUT FILE SEATS"""
import os
import sys

sys.path.insert(0, os.path.join(sys.argv[1], 'monitoring'))
import stv_tool

votes = []
with open(sys.argv[2], encoding='utf-8') as file:
    names = next(file).strip().split(',')
    for line in file:
        order = [None] * len(names)
        for name, rank in zip(names, line.split(',')):
            order[int(rank) - 1] = name
        votes.append(order)

candidates = stv_tool.run_stv(names, votes, int(sys.argv[3]))
print([candidate.name for candidate in candidates.l if candidate.status == stv_tool.ELECTED])
