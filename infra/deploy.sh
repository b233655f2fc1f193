#!/usr/bin/env bash
# From nothing to running in Azure. Safe to run again: it changes what differs and keeps what a person has entered.
#
#   BSCFLOW_GROUP=bscflow BSCFLOW_LOCATION=westeurope BSCFLOW_MAILBOX=steering@example.org \
#     infra/deploy.sh [--what-if] [--charter COMMITTEE=FILE]...
#
# Who runs it must be owner of the resource group or the subscription, and may register applications (else the desk stays
# closed). Everything else that can be said is in main.bicepparam.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  printf 'deploy.sh: %s\n' "$1" >&2
  exit 1
}
step() { printf '\n== %s\n' "$1"; }

what_if=false
charters=()
while (($# > 0)); do
  case "$1" in
    --what-if) what_if=true ;;
    --charter)
      [[ "${2:-}" == *=* ]] || fail "--charter takes COMMITTEE=FILE"
      [[ "${2%%=*}" =~ ^[a-z0-9-]+$ ]] || fail "${2%%=*} is no committee's id: small letters, digits and hyphens"
      [[ -f "${2#*=}" ]] || fail "there is no file ${2#*=}"
      charters+=("$2")
      shift
      ;;
    *) fail "unknown argument $1" ;;
  esac
  shift
done

step "Tools"
for tool in az dotnet zip; do
  command -v "$tool" >/dev/null || fail "$tool is missing"
done
group="${BSCFLOW_GROUP:?name the resource group}"
location="${BSCFLOW_LOCATION:?name the region, for example westeurope}"
mailbox="${BSCFLOW_MAILBOX:?name the shared mailbox of the secretary}"
export BSCFLOW_NAME="${BSCFLOW_NAME:-bscflow}"
parameters="${BSCFLOW_PARAMETERS:-infra/main.bicepparam}"
tenant="$(az account show --query tenantId --output tsv)" || fail "not signed in: az login"

if [[ -z "${BSCFLOW_OPERATOR_ID:-}" ]]; then
  BSCFLOW_OPERATOR_ID="$(az ad signed-in-user show --query id --output tsv 2>/dev/null || true)"
fi
export BSCFLOW_OPERATOR_ID

registration="$BSCFLOW_NAME-desk"
find_registration() {
  az ad app list --filter "displayName eq '$registration'" --query '[0].appId' --output tsv 2>/dev/null || true
}
export BSCFLOW_DESK_CLIENT_ID="${BSCFLOW_DESK_CLIENT_ID:-}"
own_registration=false
if [[ -z "$BSCFLOW_DESK_CLIENT_ID" ]]; then
  own_registration=true
  BSCFLOW_DESK_CLIENT_ID="$(find_registration)"
fi

read_setting() {
  az functionapp config appsettings list --resource-group "$group" --name "$1" --query "[?name=='$2'].value" --output tsv
}
az group create --name "$group" --location "$location" --tags application=bscflow --output none

# Links in mails are signed with the desk key, so one that is in use is kept; and so is what a person has entered.
running="$(az functionapp list --resource-group "$group" --query "[?tags.application == 'bscflow'] | [0].name" --output tsv)"
export BSCFLOW_OWN_SETTINGS='{}'
if [[ -n "$running" ]]; then
  BSCFLOW_OWN_SETTINGS="$(az functionapp config appsettings list --resource-group "$group" --name "$running" --output json \
    --query "{list: [?starts_with(name, 'BscFlow__') || starts_with(name, 'OTEL_')].{name: name, value: value}}")"
fi
if [[ -z "${BSCFLOW_DESK_KEY:-}" ]]; then
  BSCFLOW_DESK_KEY="$([[ -z "$running" ]] || read_setting "$running" BscFlow__DeskKey)"
  [[ -n "$BSCFLOW_DESK_KEY" ]] || BSCFLOW_DESK_KEY="$(head -c 32 /dev/urandom | od -An -vtx1 | tr -d ' \n')"
fi
export BSCFLOW_DESK_KEY

if "$what_if"; then
  step "What would change"
  az deployment group what-if --resource-group "$group" --parameters "$parameters"
  exit
fi

step "Infrastructure"
deploy() { az deployment group create --resource-group "$group" --name bscflow --parameters "$parameters" --output none; }
output() { az deployment group show --resource-group "$group" --name bscflow --query "properties.outputs.$1.value" --output tsv; }
deploy
app="$(output functionAppName)"
site="$(output siteUrl)"
account="$(output storageAccountName)"
identity_client="$(output identityClientId)"
identity_principal="$(output identityPrincipalId)"

if "$own_registration"; then
  step "Sign-in for secretaries"
  deployed_with="$BSCFLOW_DESK_CLIENT_ID"
  if [[ -z "$BSCFLOW_DESK_CLIENT_ID" ]]; then
    BSCFLOW_DESK_CLIENT_ID="$(az ad app create --display-name "$registration" --sign-in-audience AzureADMyOrg \
      --enable-id-token-issuance true --web-redirect-uris "$site/.auth/login/aad/callback" --query appId --output tsv)" ||
      echo "No application could be registered: the desk stays closed until BSCFLOW_DESK_CLIENT_ID is given."
  fi
  if [[ -n "$BSCFLOW_DESK_CLIENT_ID" ]]; then
    # The app's identity stands for the client secret, so there is none to keep or to renew.
    trusted="$(az ad app federated-credential list --id "$BSCFLOW_DESK_CLIENT_ID" --query '[].subject' --output tsv)"
    if [[ "$trusted" != *"$identity_principal"* ]]; then
      az ad app federated-credential create --id "$BSCFLOW_DESK_CLIENT_ID" --output none --parameters "{
        \"name\": \"$app\", \"issuer\": \"https://login.microsoftonline.com/$tenant/v2.0\",
        \"subject\": \"$identity_principal\", \"audiences\": [\"api://AzureADTokenExchange\"] }"
    fi
    az ad sp show --id "$BSCFLOW_DESK_CLIENT_ID" --output none 2>/dev/null ||
      az ad sp create --id "$BSCFLOW_DESK_CLIENT_ID" --output none
    # Only who is assigned to it can sign in at all.
    az ad sp update --id "$BSCFLOW_DESK_CLIENT_ID" --set appRoleAssignmentRequired=true --output none
  fi
  if [[ "$BSCFLOW_DESK_CLIENT_ID" != "$deployed_with" ]]; then
    deploy
  fi
fi

step "No right beside the mailbox's own"
grants="$(az rest --method get --query 'value[].appRoleId' --output tsv \
  --url "https://graph.microsoft.com/v1.0/servicePrincipals/$identity_principal/appRoleAssignments")" ||
  echo "The app's Graph roles cannot be read: look in the portal that there is none."
[[ -z "${grants:-}" ]] || fail "the app's identity has roles in Graph, which open every mailbox; take them away: $grants"

step "Code"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
dotnet publish src/BscFlow.Functions --configuration Release --output "$work/app"
[[ -f "$work/app/host.json" && -d "$work/app/.azurefunctions" ]] || fail "the published code lacks host.json or .azurefunctions"
(cd "$work/app" && zip -qr "$work/app.zip" .)
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$work/app.zip" --output none

# The host asks a program for a key, and so does the library, in the same header: so the host is given the same ones.
patiently() {
  local attempt
  for attempt in 1 2 3 4 5 6; do
    "$@" && return
    ((attempt < 6)) && sleep 20
  done
  return 1
}
patiently az functionapp keys set --resource-group "$group" --name "$app" --key-type functionKeys --key-name desk \
  --key-value "$BSCFLOW_DESK_KEY" --output none || fail "the host takes no function key"
while IFS=$'\t' read -r name value; do
  # The key of one committee is set as COMMITTEE:KEY, and sent as the key alone.
  patiently az functionapp keys set --resource-group "$group" --name "$app" --key-type functionKeys \
    --key-name "${name#BscFlow__ApiKeys__}" --key-value "${value#*:}" --output none </dev/null || fail "the host takes no key ${name#BscFlow__ApiKeys__}"
done < <(az functionapp config appsettings list --resource-group "$group" --name "$app" --output tsv \
  --query "[?starts_with(name, 'BscFlow__ApiKeys__')].[name, value]")

step "Static site"
az storage blob service-properties update --account-name "$account" --auth-mode login --output none \
  --static-website true --index-document index.html --404-document 404.html

# Written so that an empty list is no error where bash is old.
for charter in ${charters[@]+"${charters[@]}"}; do
  committee="${charter%%=*}"
  step "Charter of $committee"
  blob=(--account-name "$account" --auth-mode login --container-name config --name "$committee/charter.json")
  # A right given a minute ago may not be known everywhere yet.
  exists="$(patiently az storage blob exists "${blob[@]}" --query exists --output tsv)" ||
    fail "the charter cannot be uploaded: does BSCFLOW_OPERATOR_ID name you?"
  if [[ "$exists" == true ]]; then
    echo "There is one already; it is changed at the desk, so this one is left alone."
  else
    az storage blob upload "${blob[@]}" --file "${charter#*=}" --content-type application/json --output none
  fi
done

step "Left to a person"
cat <<TEXT
1. The right to the mailbox, by an Exchange administrator (PowerShell 7):
     infra/mailbox.ps1 -Mailbox $mailbox -AppId $identity_client -ObjectId $identity_principal
2. Who may sign in at the desk: assign them to the enterprise application "$registration" in Entra.
3. The first look: $site/
4. The key to the desk and to /api, which is not printed here:
     az functionapp config appsettings list --resource-group $group --name $app --query "[?name=='BscFlow__DeskKey'].value"
TEXT
