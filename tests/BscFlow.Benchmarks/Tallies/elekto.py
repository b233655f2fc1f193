"""Counts a table with elekto's own functions: elekto.py CHECKOUT FILE"""
import csv
import importlib.util
import os
import sys

folder = os.path.join(sys.argv[1], 'elekto', 'core')
spec = importlib.util.spec_from_file_location(
    'core', os.path.join(folder, '__init__.py'), submodule_search_locations=[folder])
core = importlib.util.module_from_spec(spec)
sys.modules['core'] = core
spec.loader.exec_module(core)

with open(sys.argv[2], newline='', encoding='utf-8') as file:
    rows = csv.reader(file)
    names = next(rows)
    # The functions take higher numbers for better ones.
    ballots = {voter: [(name, -int(rank)) for name, rank in zip(names, row)] for voter, row in enumerate(rows)}

print(core.schulze_rank(names, core.schulze_p(names, core.schulze_d(names, ballots))))
