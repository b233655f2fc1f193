#!/usr/bin/env bash
# Takes an installation away: its resource group with everything in it, and the registration with which secretaries sign in.
#
#   BSCFLOW_GROUP=bscflow infra/remove.sh
#
# Minutes, ballots and mail go with it; export them first. The right to the mailbox is taken away by mailbox.ps1 -Remove.
set -euo pipefail

fail() {
  printf 'remove.sh: %s\n' "$1" >&2
  exit 1
}

command -v az >/dev/null || fail "az is missing"
group="${BSCFLOW_GROUP:?name the resource group}"
registration="${BSCFLOW_NAME:-bscflow}-desk"
az group show --name "$group" --output none || fail "there is no resource group $group"

# Azure adds an action group of its own beside Application Insights, without our tag.
foreign="$(az resource list --resource-group "$group" --output tsv \
  --query "[?tags.application != 'bscflow' && name != 'Application Insights Smart Detection'].[type, name]")"
[[ -z "$foreign" ]] || fail "the group holds what is not of this installation; nothing was removed:"$'\n'"$foreign"

echo "This will be gone:"
az resource list --resource-group "$group" --query '[].[type, name]' --output tsv
read -r -p "Type the name of the resource group to remove it: " typed
[[ "$typed" == "$group" ]] || fail "nothing was removed"

az group delete --name "$group" --yes
app="$(az ad app list --filter "displayName eq '$registration'" --query '[0].appId' --output tsv)"
if [[ -n "$app" ]]; then
  az ad app delete --id "$app"
fi
echo "Gone. Left to a person: infra/mailbox.ps1 -Remove, with the mailbox and the ids of the identity."
