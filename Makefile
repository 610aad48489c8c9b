# Needs Python 3.11 or newer (with its venv module) and nothing else: the first target that is made builds `.venv`.
# A line that would need a second one stands in `tools/`.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV = .venv/bin/python
SETTINGS_OF_A_COMPANY = env -u LOYALTY_DEMO -u DEBUG ALLOWED_HOSTS=loyalty.example DATABASE_URL=sqlite:///:memory: \
	SECRET_KEY=$$($(VENV) -c "import secrets; print(secrets.token_urlsafe(50))")
COMPILE = $(VENV) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset serve superuser verify test servers walk clients fuzz crash messages lint format check lock clean runtime \
	development browser e2e plans screenshots

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: runtime ## Serve the demo at http://127.0.0.1:8000/admin/ until Ctrl-C; PORT=8001 serves it elsewhere
	@exec $(VENV) -m tools.demo.serve --port $(PORT)

demo-reset: runtime ## Start the demo's data over; may run while the demo is served
	@exec $(VENV) -m tools.demo.reset

serve: runtime ## Serve your own data (SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL); HOST=, PORT=, WORKERS=, JOB_WORKERS=
	@exec $(VENV) -m tools.serve --host $(HOST) --port $(PORT) $(if $(WORKERS),--workers $(WORKERS)) \
		$(if $(JOB_WORKERS),--job-workers $(JOB_WORKERS))

superuser: runtime ## Add an account that may do everything, to the database that `make serve` serves
	@$(VENV) manage.py migrate --verbosity 0 && exec $(VENV) manage.py createsuperuser $(ARGS)

verify: runtime ## Prove that the demo's points, coupons and ledger tie
	@exec $(VENV) -m tools.demo.command verify_ledger

test: development ## Run the tests on SQLite and on PostgreSQL; ARGS="-k buy" is passed to pytest
	@exec $(VENV) -m tools.test $(ARGS)

servers: development ## Kill and restart the server, destroy and restore databases, and see what survives
	@exec $(VENV) -m pytest -m servers tests/tools tests/loyalty_site/serving

walk: development ## Open every page of the back office, and every link on it, as each role of the staff
	@exec $(VENV) -m pytest -m walk tests/walk

e2e: browser ## Do what staff do, in a real Chromium on a demo of its own; ARGS="-k import" is passed to pytest
	@exec $(VENV) -m pytest -m e2e tests/e2e $(ARGS)

plans: development ## Open every list over long tables of PostgreSQL, and see that no table is read from end to end
	@exec $(VENV) -m pytest -m plans --database postgresql tests/plans $(ARGS)

screenshots: browser ## Take a picture of every screen; DIRECTORY=var/screenshots, URL= of a served demo
	@exec $(VENV) -m tools.screenshots $(if $(DIRECTORY),--directory $(DIRECTORY)) $(if $(URL),--url $(URL))

clients: development ## Do what each known client of the API does; URL=http://127.0.0.1:8000 does it to a served demo
	@exec $(VENV) -m tools.clients $(if $(URL),--url $(URL))

fuzz: development ## Send made-up requests to every endpoint on PostgreSQL; SEED=7 repeats a run, EXAMPLES=100 takes longer
	@exec $(VENV) -m tools.fuzz $(if $(SEED),--seed $(SEED)) $(if $(EXAMPLES),--examples $(EXAMPLES))

crash: development ## Kill server, database and jobs under load: nothing may be lost; SECONDS=60 FAULTS=24 DATABASE=sqlite SEED=1
	@exec $(VENV) -m tools.crash $(if $(SECONDS),--seconds $(SECONDS)) $(if $(FAULTS),--faults $(FAULTS)) \
		$(if $(WRITES),--writes $(WRITES)) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

messages: development ## Gather the texts of the code for the translators, and compile their translations
	@exec $(VENV) -m tools.messages

lint: development ## Check style and formatting
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .

format: development ## Mend style and formatting
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .

check: development ## Look for missing migrations, unsafe production settings and undescribed endpoints
	@$(SETTINGS_OF_A_COMPANY) $(VENV) manage.py makemigrations --check --dry-run
	@$(SETTINGS_OF_A_COMPANY) $(VENV) manage.py check --deploy --fail-level WARNING
	@$(SETTINGS_OF_A_COMPANY) $(VENV) manage.py spectacular --validate --fail-on-warn --file /dev/null

lock: development ## Write the lock files anew from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --output-file requirements-s3.lock --constraints requirements.lock --extra s3
	$(COMPILE) --output-file requirements-dev.lock --constraints requirements-s3.lock --extra s3 --group dev
	$(COMPILE) --output-file requirements-e2e.lock --constraints requirements-dev.lock --extra s3 --group dev --group e2e

clean: ## Remove the environment and what can be made again; the demo's data stays
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis var/static var/static.collected
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the targets above stand on: packages to run with, packages to work with.
runtime:
	@$(PYTHON) tools/environment.py requirements.lock

development:
	@$(PYTHON) tools/environment.py requirements-dev.lock

browser:
	@$(PYTHON) tools/environment.py requirements-e2e.lock
