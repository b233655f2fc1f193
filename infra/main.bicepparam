using './main.bicep'

// What every installation must say. deploy.sh takes these from the environment; a file of your own works as well:
// copy this one, fill it in, and name it with BSCFLOW_PARAMETERS.

// Short name; the names of all resources are made of it.
param name = readEnvironmentVariable('BSCFLOW_NAME', 'bscflow')

// What opens the desk and /api. deploy.sh makes it once, and takes it from the running app after that. At least 32 characters.
param deskKey = readEnvironmentVariable('BSCFLOW_DESK_KEY')

// What a person entered in the portal, such as keys of programs; deploy.sh takes it from the running app.
param ownSettings = json(readEnvironmentVariable('BSCFLOW_OWN_SETTINGS', '{}'))

// Who is told when something stands still. May be empty.
param alertEmail = readEnvironmentVariable('BSCFLOW_ALERT_EMAIL', '')

// The app registration with which secretaries sign in; deploy.sh makes it. Empty: the desk stays closed.
param deskClientId = readEnvironmentVariable('BSCFLOW_DESK_CLIENT_ID', '')

// Further domains of the tenant, by commas, whose members' mail from inside it is theirs: each opens the door a little.
param tenantDomains = filter(split(readEnvironmentVariable('BSCFLOW_TENANT_DOMAINS', ''), ','), domain => !empty(domain))

// Who may upload charters beside the app itself; deploy.sh puts in who runs it.
param operatorPrincipalId = readEnvironmentVariable('BSCFLOW_OPERATOR_ID', '')
param operatorPrincipalType = readEnvironmentVariable('BSCFLOW_OPERATOR_TYPE', 'User')

// Everything else has a default in main.bicep: region, names, memory, limits to cost, how long things are kept.
