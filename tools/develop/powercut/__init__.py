"""Power cuts, tried: what a disk may hold at every moment of a job is rebuilt and opened.

`python3 dev.py powercut` records what a job does to files (by strace), and rebuilds the disk at
every step as a power cut may leave it: what no sync covered is lost, torn or out of order.
"""
