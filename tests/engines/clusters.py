"""测试用的 Spark：本机两个线程的，和真的起一个主节点、两个工作节点的（只在回环地址上）。"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

HOST = "127.0.0.1"
SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
DEPLOY = "org.apache.spark.deploy"
WAIT = 120


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """连上 master 的会话，用完就停。"""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = HOST
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": HOST,
        "spark.driver.bindAddress": HOST,
        "spark.default.parallelism": "2",
        "spark.executor.memory": "512m",
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": f"{WAIT}s",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master(master).appName("测试")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


@contextmanager
def standalone(folder: Path) -> Iterator[str]:
    """起一个主节点、两个工作节点，交出主节点的地址。参数：folder 放日志和工作文件。"""
    port = _free_port()
    address = f"spark://{HOST}:{port}"
    started = [_start("master.Master", folder / "master.log", "--host", HOST, "--port", port, "--webui-port", "0")]
    try:
        _until(folder / "master.log", "I have been elected leader", started)
        for number in (1, 2):
            work = folder / f"worker{number}"
            log = folder / f"worker{number}.log"
            options = ("--host", HOST, "--cores", "1", "--memory", "1g", "--webui-port", "0", "-d", work, address)
            started.append(_start("worker.Worker", log, *options))
        for number in (1, 2):
            _until(folder / f"worker{number}.log", "Successfully registered with master", started)
        yield address
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(WAIT)


def _start(name: str, log: Path, *options: object) -> subprocess.Popen[bytes]:
    place = {"SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable}
    with log.open("wb") as stream:
        command = [str(SPARK_CLASS), f"{DEPLOY}.{name}", *map(str, options)]
        return subprocess.Popen(command, stdout=stream, stderr=stream, env=os.environ | place)


def _until(log: Path, words: str, started: list[subprocess.Popen[bytes]]) -> None:
    """等日志里出现这句话。"""
    for _ in range(WAIT * 5):
        said = log.read_text(encoding="utf-8", errors="replace")
        if words in said:
            return
        if any(process.poll() is not None for process in started):
            break
        time.sleep(0.2)
    raise AssertionError(f"Spark 没有起来：{said[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
