// The one storage account: minutes, raw mail, pages, tables, queues and the app's package. No key opens it.

param location string
param tags { *: string }

@minLength(3)
@maxLength(24)
param accountName string
param workspaceId string
param identityName string
param operatorPrincipalId string
param operatorPrincipalType string
param rawMailDays int
param oldDraftDays int
param undeleteDays int

// The names of Storage/Keys.cs, which a test compares: made here, so that a starting instance need not ask.
var containerNames = ['config', 'keyring', 'mail', 'minutes', 'site', 'votes']
var queueNames = ['mail', 'mail-poison', 'steps', 'steps-poison']
var tableNames = [
  'Absences'
  'Actions'
  'Agenda'
  'Audit'
  'Ballots'
  'Clock'
  'Committees'
  'Mail'
  'Meetings'
  'Motions'
  'Nominations'
  'Outbox'
  'Tokens'
]
var packageContainerName = 'package'

// What the app does with its data and no more: no right to the account, its keys or its settings.
var dataRoles = {
  blob: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
  queue: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  table: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // A consumption plan without a network of its own has no address to name here; every request needs an Entra token.
    publicNetworkAccess: 'Enabled'
    networkAcls: { defaultAction: 'Allow', bypass: 'AzureServices' }
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      services: {
        blob: { enabled: true, keyType: 'Account' }
        queue: { enabled: true, keyType: 'Account' }
        table: { enabled: true, keyType: 'Account' }
      }
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: undeleteDays }
      containerDeleteRetentionPolicy: { enabled: true, days: undeleteDays }
    }

    resource containers 'containers' = [
      for name in containerNames: {
        name: name
        properties: { publicAccess: 'None' }
      }
    ]

    resource packageContainer 'containers' = {
      name: packageContainerName
      properties: { publicAccess: 'None' }
    }
  }

  resource queues 'queueServices' = {
    name: 'default'

    resource each 'queues' = [for name in queueNames: { name: name }]
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource each 'tables' = [for name in tableNames: { name: name }]
  }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    dependsOn: [blobs]
    properties: {
      policy: {
        rules: [
          {
            // What is deleted here for a reason (the mail of a secret ballot) must not live on as a version.
            name: 'raw-mail'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['mail/'] }
              actions: {
                baseBlob: { delete: { daysAfterModificationGreaterThan: rawMailDays } }
                version: { delete: { daysAfterCreationGreaterThan: 1 } }
              }
            }
          }
          {
            name: 'old-drafts'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['minutes/'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: oldDraftDays } } }
            }
          }
          {
            // Pages can be made again, and the host writes its own state every few minutes.
            name: 'versions-of-what-can-be-made-again'
            type: 'Lifecycle'
            definition: {
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: ['$web/', 'site/', 'azure-webjobs-hosts/', '${packageContainerName}/']
              }
              actions: { version: { delete: { daysAfterCreationGreaterThan: 7 } } }
            }
          }
        ]
      }
    }
  }
}

resource appRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(dataRoles): {
    scope: account
    name: guid(account.id, identity.id, role.value)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

// Whoever runs the installation may put charters where the app finds them, and nothing else.
resource operatorRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  scope: account::blobs::containers[indexOf(containerNames, 'config')]
  name: guid(account.id, operatorPrincipalId, dataRoles.blob)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataRoles.blob)
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
  }
}

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'bscflow'
  properties: {
    workspaceId: workspaceId
    // Who wrote and who deleted; reads would cost more than all the rest.
    logs: [
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::tables
  name: 'bscflow'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

// Queues are asked all day long; their sums are enough.
resource queueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::queues
  name: 'bscflow'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

output accountName string = account.name
output packageContainerName string = account::blobs::packageContainer.name
output staticSiteUrl string = account.properties.primaryEndpoints.web
