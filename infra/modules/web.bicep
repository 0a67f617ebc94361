// The app: Node 24 on Linux, as many instances as the plan has. Its address is public, since the Bot Connector comes there.

param name string
param location string
param planSku string
param instances int
param zoneRedundant bool
param identityId string

@description('Subnet from which the app calls out; empty: it calls out over the internet.')
param subnetId string

param workspaceId string

@description('What the settings below are filled with.')
param settings {
  clientId: string
  tenantId: string
  tabClientId: string
  host: string
  admins: string
  qualityTeam: string
  cosmosEndpoint: string
  cosmosDatabase: string
  cosmosContainer: string
  language: string
  retentionDays: string
  otlpEndpoint: string
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  kind: 'linux'
  sku: {
    name: planSku
    capacity: instances
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Any instance handles any request.
    clientAffinityEnabled: false
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node --disable-warning=ExperimentalWarning src/main.ts'
      alwaysOn: true
      http20Enabled: true
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      remoteDebuggingEnabled: false
      vnetRouteAllEnabled: !empty(subnetId)
      // Whether the process lives. Not /readyz: when the store is away, restarting every instance helps nobody.
      healthCheckPath: '/healthz'
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: site
  name: 'appsettings'
  properties: {
    HELPDESK_MODE: 'teams'
    CLIENT_ID: settings.clientId
    TENANT_ID: settings.tenantId
    BOT_TYPE: 'UserAssignedMsi'
    TAB_CLIENT_ID: settings.tabClientId
    TAB_HOST: settings.host
    PUBLIC_URL: 'https://${settings.host}'
    // The front end of App Service: one proxy, which adds the address of who came to it.
    TRUSTED_PROXIES: '1'
    ADMINS: settings.admins
    QUALITY_TEAM: settings.qualityTeam
    COSMOS_ENDPOINT: settings.cosmosEndpoint
    COSMOS_DATABASE: settings.cosmosDatabase
    COSMOS_CONTAINER: settings.cosmosContainer
    AZURE_CLIENT_ID: settings.clientId
    HELPDESK_LANGUAGE: settings.language
    RETENTION_DAYS: settings.retentionDays
    OTEL_EXPORTER_OTLP_ENDPOINT: settings.otlpEndpoint
    // On the instance's own disk, which is empty after a restart: only what the figures are counted from is there.
    DATA_DIR: '/tmp/helpdesk'
    // On the share that every instance has and that stays: the note of what was erased.
    LEDGER_DIR: '/home/helpdesk'
    // The package of the deployment as it is, read-only; it is built before it is sent.
    WEBSITE_RUN_FROM_PACKAGE: '1'
    SCM_DO_BUILD_DURING_DEPLOYMENT: 'false'
    // Seconds between SIGTERM and the end: the helpdesk takes 15 at most.
    WEBSITES_CONTAINER_STOP_TIME_LIMIT: '30'
  }
}

// Deploying with a name and a key is off: it goes by identity.
resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

// What the program and the platform say. Not the log of requests: the address of a survey is a key.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AppServiceConsoleLogs'
        enabled: true
      }
      {
        category: 'AppServicePlatformLogs'
        enabled: true
      }
    ]
  }
}

output siteId string = site.id
output siteName string = site.name
