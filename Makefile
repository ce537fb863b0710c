# The portal's commands. What they do is in deploy/ (Python); the environment is made on first use.
PYTHON ?= python3

.PHONY: help run test lint bench bench-large lock pictures translations
.DEFAULT_GOAL := help

help: ## this list
	@echo "make <command>, each from a fresh clone:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo "PORT, DATABASE_URL, CELERY_BROKER_URL and CACHE_URL exchange the parts of run: docs/operating.md."

run: ## start the whole portal with a demo coalition on http://127.0.0.1:8000
	@$(PYTHON) -m deploy run

test: ## every test, in an environment and a database of their own
	@$(PYTHON) -m deploy test $(TESTS)

lint: ## style, types, the direction of imports, templates, migrations, translations
	@$(PYTHON) -m deploy lint

bench: ## speed and memory, as ratios to a reference measured in the same run
	@$(PYTHON) -m deploy bench $(if $(WRITE),--write) $(if $(ONLY),--only $(ONLY))

bench-large: ## looking up and correlating among ten million identifiers, built once and kept
	@$(PYTHON) -m deploy bench-large $(if $(WRITE),--write) $(if $(ROWS),--rows $(ROWS))

lock: ## compile requirements*.in to pinned requirements*.txt with hashes
	@$(PYTHON) -m deploy lock

pictures: ## take the README's pictures of the real pages anew
	@$(PYTHON) -m deploy pictures

translations: ## collect the texts to translate, and compile the translations
	@$(PYTHON) -m deploy translations
