// The function app: Flex Consumption, acting as one user-assigned identity. The desk key is its one secret.

param location string
param tags { *: string }
param appName string
param planName string
param identityName string
param storageAccountName string
param packageContainerName string
param insightsName string
param workspaceId string
@secure()
param deskKey string
@secure()
param ownSettings { list: { name: string, value: string }[]? }
param clockSchedule string
param deskClientId string
param securityContact string
param tenantDomains string[]
param instanceMemory int
param maximumInstances int

// App Service trusts the app's identity in place of a client secret when it signs secretaries in.
var federatedSecretSetting = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'

// A list is a setting an entry. Where the template is given one, no entry of an earlier, longer one stays.
var tenantDomainSetting = 'BscFlow__Graph__TenantDomains'
var keptSettings = filter(
  ownSettings.?list ?? [],
  setting => empty(tenantDomains) || !startsWith(setting.name, '${tenantDomainSetting}__')
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageAccountName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: appName
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    clientAffinityEnabled: false
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: { instanceMemoryMB: instanceMemory, maximumInstanceCount: maximumInstances }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${packageContainerName}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      remoteDebuggingEnabled: false
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    // This replaces all settings, so those that a person entered come first and stay.
    properties: union(
      toObject(keptSettings, setting => setting.name, setting => setting.value),
      {
        // Endpoints and an identity in place of connection strings.
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identity.properties.clientId
        AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
        AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
        AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
        APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
        // Which identity DefaultAzureCredential takes.
        AZURE_CLIENT_ID: identity.properties.clientId
        // The front page is the product's, not the host's.
        AzureWebJobsDisableHomepage: 'true'
        Logging__LogLevel__Azure: 'Warning'
        Logging__LogLevel__Microsoft: 'Warning'
        Logging__LogLevel__System: 'Warning'
        BSCFLOW_CLOCK: clockSchedule
        BscFlow__Storage: account.name
        BscFlow__SiteAddress: 'https://${app.properties.defaultHostName}/'
        BscFlow__DeskKey: deskKey
        BscFlow__Graph__Credential: 'ManagedIdentity'
        BscFlow__Graph__ClientId: identity.properties.clientId
      },
      empty(deskClientId) ? {} : { '${federatedSecretSetting}': identity.properties.clientId },
      empty(securityContact) ? {} : { BscFlow__SecurityContact: securityContact },
      toObject(range(0, length(tenantDomains)), i => '${tenantDomainSetting}__${i}', i => tenantDomains[i])
    )
  }

  // The site is for everyone, so a request without a sign-in passes here; the desk asks who is signed in.
  // App Service takes the header that says so from no caller.
  resource signIn 'config' = if (!empty(deskClientId)) {
    name: 'authsettingsV2'
    dependsOn: [settings]
    properties: {
      platform: { enabled: true }
      globalValidation: { requireAuthentication: false, unauthenticatedClientAction: 'AllowAnonymous' }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: deskClientId
            clientSecretSettingName: federatedSecretSetting
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: { allowedAudiences: [deskClientId, 'api://${deskClientId}'] }
        }
      }
      login: {
        tokenStore: { enabled: false }
        cookieExpiration: { convention: 'FixedTime', timeToExpiration: '08:00:00' }
        preserveUrlFragmentsForLogins: false
      }
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'bscflow'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
  }
}

output appName string = app.name
output hostName string = app.properties.defaultHostName
