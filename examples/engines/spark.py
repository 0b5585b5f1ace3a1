"""cogs-sum in Spark: a partial per partition by RDD.pipe, merged on the driver.

    spark-submit spark.py prices.json 's3a://logs/2026/05/*' --by tenant

checkCode is off by default: without it a part that failed would be missing, silently.  A
partition without lines runs the command too; it prints nothing then.
"""
import shlex
import subprocess
import sys

from pyspark.sql import SparkSession

prices, logs, *options = sys.argv[1:]
spark = SparkSession.builder.appName("cogs-sum").getOrCreate()
spark.sparkContext.addFile(prices)
command = "cogs-sum -p " + shlex.join([prices.rsplit("/", 1)[-1], "--partial", *options])
parts = spark.sparkContext.textFile(logs).pipe(command, checkCode=True)
merge = subprocess.Popen(["cogs-sum", "-p", prices, "--merge", *options], stdin=subprocess.PIPE, text=True)
for line in parts.toLocalIterator():
    merge.stdin.write(line + "\n")
merge.stdin.close()
sys.exit(merge.wait())
