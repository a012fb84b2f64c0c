#!/usr/bin/env bash
# Builds the service into dist/: what CodeDeploy gets is not what stands in the repository.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
rm -rf build dist
mkdir -p build/app/data dist
cp src/__main__.py build/app/
touch build/app/data/__init__.py
printf '{"as_of": "%s", "EURUSD": 1.0834, "USDJPY": 149.62}\n' "${1:-2026-11-26}" > build/app/data/prices.json
(cd build/app && find . -exec touch -d @315532800 {} + && python3 -m zipapp . --output ../../dist/prices.pyz --python '/usr/bin/env python3')
cp -r appspec.yml scripts .codedeployignore dist/
