// BscFlow in one resource group: the function app, its storage, its identity, its eyes.
// Deploy with ./deploy.sh, or by hand: az deployment group what-if|create -g GROUP -p main.bicepparam

targetScope = 'resourceGroup'

@description('Short name of the installation; the default names are made of it.')
@minLength(3)
@maxLength(12)
param name string

@description('Azure region. The Flex Consumption plan must be offered there.')
param location string = resourceGroup().location

@description('What opens the desk and /api to whoever holds it, and signs links in mails. deploy.sh makes it once.')
@secure()
@minLength(32)
param deskKey string

@description('Settings that a person entered, such as keys of programs: {"list": [{"name": ..., "value": ...}]}. deploy.sh takes them from the running app. A name that this template sets itself is left out.')
@secure()
param ownSettings { list: { name: string, value: string }[]? } = {}

@description('When the clock ticks: six fields, seconds first, UTC.')
param clockSchedule string = '0 */5 * * * *'

@description('Who is told when an alert fires. Empty: nobody is mailed; the alerts still stand in the portal.')
param alertEmail string = ''

@description('Where to write to about a hole in the site, for security.txt: an https or mailto address. Empty: there is none.')
param securityContact string = empty(alertEmail) ? '' : 'mailto:${alertEmail}'

@description('Client id of the app registration with which secretaries sign in. Empty: nobody can, and the desk stays closed.')
param deskClientId string = ''

@description('Object id of who uploads charters, beside the app itself. Empty: nobody.')
param operatorPrincipalId string = ''

@description('Kind of that object.')
@allowed(['Group', 'ServicePrincipal', 'User'])
param operatorPrincipalType string = 'User'

@description('Domains of the tenant beside that of the mailbox: of a sender there it is proof enough that a mail was sent inside the tenant. Name none whose mail a relay takes in from devices or from outside.')
param tenantDomains string[] = []

@description('Memory of one instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemory int = 512

@description('How many instances there may be at once: a limit to cost.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Days for which raw mail is kept. The audit trail and the ballots outlive it.')
@minValue(30)
param rawMailDays int = 730

@description('Days for which an older text of minutes is kept after a newer one has replaced it.')
@minValue(30)
param oldDraftDays int = 400

@description('Days in which something deleted can be brought back.')
@minValue(1)
@maxValue(365)
param undeleteDays int = 7

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 30

@description('Where logs may be stopped for the day, in GB: a limit to cost.')
@minValue(1)
param dailyLogLimit int = 1

@description('Name of the storage account: the only name that must be unique in the world and may hold letters and digits only.')
@minLength(3)
@maxLength(24)
param storageAccountName string = take(toLower('${replace(name, '-', '')}${uniqueString(resourceGroup().id, name)}'), 24)

@description('Name of the function app, unique in the world: the site is at https://NAME.azurewebsites.net.')
param functionAppName string = '${name}-${uniqueString(resourceGroup().id, name)}'

@description('Name of the plan.')
param planName string = '${name}-plan'

@description('Name of the identity as which the app acts.')
param identityName string = '${name}-identity'

@description('Name of the log workspace.')
param workspaceName string = '${name}-logs'

@description('Name of the Application Insights component.')
param insightsName string = '${name}-insights'

@description('Tags of every resource.')
param tags { *: string } = { application: 'bscflow' }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: identityName
  location: location
  tags: tags
}

module watch 'watch.bicep' = {
  params: {
    location: location
    tags: tags
    workspaceName: workspaceName
    insightsName: insightsName
    logDays: logDays
    dailyLogLimit: dailyLogLimit
    identityName: identity.name
  }
}

module storage 'storage.bicep' = {
  params: {
    location: location
    tags: tags
    accountName: storageAccountName
    workspaceId: watch.outputs.workspaceId
    identityName: identity.name
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    rawMailDays: rawMailDays
    oldDraftDays: oldDraftDays
    undeleteDays: undeleteDays
  }
}

module app 'app.bicep' = {
  params: {
    location: location
    tags: tags
    appName: functionAppName
    planName: planName
    identityName: identity.name
    storageAccountName: storageAccountName
    packageContainerName: storage.outputs.packageContainerName
    insightsName: insightsName
    workspaceId: watch.outputs.workspaceId
    deskKey: deskKey
    ownSettings: ownSettings
    clockSchedule: clockSchedule
    deskClientId: deskClientId
    securityContact: securityContact
    tenantDomains: tenantDomains
    instanceMemory: instanceMemory
    maximumInstances: maximumInstances
  }
}

module alerts 'alerts.bicep' = {
  params: {
    location: location
    tags: tags
    name: name
    workspaceId: watch.outputs.workspaceId
    email: alertEmail
  }
}

@description('Where the site is.')
output siteUrl string = 'https://${app.outputs.hostName}'

@description('Where the published pages can be read from storage alone, once deploy.sh has switched the static site on.')
output staticSiteUrl string = storage.outputs.staticSiteUrl

output functionAppName string = app.outputs.appName
output storageAccountName string = storage.outputs.accountName

@description('For mailbox.ps1: the identity that gets the right to the mailbox.')
output identityClientId string = identity.properties.clientId
output identityPrincipalId string = identity.properties.principalId
