# The verbs of the house. Each brings .venv up to date first, so any of them may come first.
# A Python 3.11 or newer with venv is all that must be there; another one: make run PYTHON=/path/to/python

PYTHON ?= python3
VENV := .venv/bin
LAUNCH := $(VENV)/python -m dealsmart_app.serve
PYTEST := $(VENV)/python -m pytest
JOBS ?= 3

.DEFAULT_GOAL := help
.PHONY: help install run dev api worker build migrate revision seed reset audit-verify rotate-keys openapi \
        test lint types layers test-unit test-integration test-api test-app inner e2e coverage faults eval bench format

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## Make .venv from requirements.lock
	@$(PYTHON) deploy/bootstrap.py

run: install ## Serve screens and API at one address (PORT, default 3000)
	@exec $(LAUNCH)

dev: install ## The same with hot reload: screens on PORT, API on the port after it
	@exec $(LAUNCH) --dev

api: install ## Serve the API alone (make api PORT=8000)
	@exec $(LAUNCH) --api-only

worker: install ## Run a job worker of its own (for JOBS_IN_PROCESS=false)
	@exec $(LAUNCH) --worker

build: install ## Build the screens, if something changed
	@$(VENV)/python deploy/screens.py

migrate: install ## Bring the database to the newest revision
	@$(LAUNCH) --migrate

revision: install ## Write a migration from the models' changes (make revision m="why")
	@$(LAUNCH) --revision "$$m"

seed: install ## Fill an empty database with the demonstration dealership
	@$(LAUNCH) --seed

audit-verify: install ## Walk the audit trail's chain (HEAD=position:hash of an earlier walk, if known)
	@$(VENV)/python -m api.audit_verify $(HEAD)

rotate-keys: install ## Seal what is encrypted at rest anew under the newest ENCRYPTION_KEY
	@$(VENV)/python -m api.rotate_keys

reset: install ## Throw the development database's content away and fill it anew
	@$(LAUNCH) --reset

openapi: install ## Write docs/openapi.json
	@$(VENV)/python -m deploy.openapi

lint: install ## Style, names, complexity
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .

format: install ## Put the code into its form
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .

types: install ## Types
	$(VENV)/pyright

layers: install ## Import contracts
	$(VENV)/lint-imports

test-unit: install ## Tests without a database
	$(PYTEST) -n $(JOBS) tests/unit

test-integration: install ## Tests against PostgreSQL and small servers
	$(PYTEST) -n $(JOBS) tests/integration

test-api: install ## Tests through the HTTP API
	$(PYTEST) -n $(JOBS) tests/api

test-app: install ## Tests of the screens' states
	$(PYTEST) -n $(JOBS) tests/app

INNER := $(PYTEST) -n $(JOBS) --dist loadgroup tests/unit tests/integration tests/api tests/app tests/eval

inner: install ## All tests but the browser's and the killing ones
	$(INNER)

coverage: install ## The same with what they reach, at least 90 % of api/ (the tracer doubles the verifier's time)
	$(INNER) --cov=api --cov-report=term:skip-covered

e2e: build ## Tests in a browser (needs Chromium)
	$(PYTEST) -n $(JOBS) --dist loadfile tests/e2e

faults: install ## Kill the API, its database and its workers at work (about 80 s)
	$(PYTEST) -n $(JOBS) --dist loadfile tests/faults

test: lint types layers inner faults e2e ## Everything that must pass (up to 15 minutes on 2 cores)

eval: install ## Try the AI drafts on the development cases
	$(VENV)/python -m tests.eval

bench: install ## Measure the API's speed: 100,000 conversations, then 1,000,000 users (about 8 minutes the first time)
	$(VENV)/python -m tests.bench
	$(VENV)/python -m tests.bench.users
