# 两条常用命令：make demo（看样例区县的审核报告）、make test（检查与测试）。第一次会自己建好 .venv。
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test bench docs train lint figures notebooks fuzz reliability wheelhouse release release-check clean

demo: .venv/.core
	mkdir -p 报告
	$(BIN)/jiaoyan audit corpus/district/上报 --schools corpus/district/schools.csv \
	  --templates corpus/templates -o 报告/审核报告.html

test: .venv/.dev lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.dev
	$(BIN)/python benchmarks/main_job.py
	$(BIN)/python benchmarks/import_time.py
	$(BIN)/python benchmarks/report.py
	$(BIN)/python benchmarks/readers_speed.py
	$(BIN)/python benchmarks/readers_ocr.py
	$(BIN)/python benchmarks/readers_peers.py

figures: .venv/.dev demo
	$(BIN)/jiaoyan audit corpus/district/上报 --schools corpus/district/schools.csv \
	  --templates corpus/templates -o 报告/审核报告.xlsx
	$(BIN)/python benchmarks/screenshots.py
	$(BIN)/python benchmarks/office_shots.py
	$(BIN)/python benchmarks/screenshots_app.py

# 把 notebooks/*.py 变成同一个文件夹里能打开的 .ipynb；改了课文，再做一次
notebooks: .venv/.dev
	$(BIN)/jupytext --quiet --to ipynb notebooks/*.py

docs: .venv/.dev
	$(BIN)/python -m sphinx -q -W --keep-going -d .docs docs site
	@echo 建好了，用浏览器打开 site/index.html

train: .venv/.core
	$(BIN)/jiaoyan train corpus/labelled -o jiaoyan_nlp/data/models
	$(BIN)/python -m release.manifest

MINUTES ?= 30
fuzz: .venv/.dev
	$(PIP) -e '.[fuzz]'
	nice -n 10 $(BIN)/python -m fuzz.run --minutes $(MINUTES)

reliability: .venv/.dev
	$(BIN)/python benchmarks/hostile.py
	$(BIN)/python benchmarks/linear.py

# 给不能上网的电脑：在系统相同、能上网的电脑上打包，把 wheelhouse 文件夹拷过去装
wheelhouse: .venv/.core
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check -c constraints.txt -w wheelhouse '.[ocr,serve]'
	@echo '装的时候：python -m pip install --no-index --find-links wheelhouse "jiaoyan_nlp[ocr,serve]"'

# 造安装包，装进空环境（最低、最新的依赖）里跑，查许可和漏洞，列物料清单；release 另在本机打标签，不推送
# 漏洞库连不上时 release 会停下，不查也要发布的写 make release UNAUDITED=1
release-check: .venv/.dev .release/.done
	PYTHONPATH=. .release/bin/python -m release

release: .venv/.dev .release/.done
	PYTHONPATH=. .release/bin/python -m release --tag $(if $(UNAUDITED),--unaudited)

.release/.done: release/tools.txt
	test -x .release/bin/python || $(PYTHON) -m venv .release
	.release/bin/python -m pip install --quiet --disable-pip-version-check -r release/tools.txt
	touch $@

.venv/.core: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 以上，现在是 %d.%d。可以写 make demo PYTHON=python3.11" % sys.version_info[:2])'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) -e .
	touch $@

.venv/.dev: .venv/.core
	$(PIP) -e '.[dev]'
	touch $@

clean:
	rm -rf .venv .release build dist wheelhouse 报告 *.egg-info
