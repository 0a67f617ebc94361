// Everything the helpdesk runs on in Azure, in one resource group. Holds no secret: every door is opened by an identity.
// az deployment group create --resource-group helpdesk --parameters infra/pilot.bicepparam

targetScope = 'resourceGroup'

@description('Start of every name. Names that the whole world shares get a suffix that follows from the resource group.')
@minLength(3)
@maxLength(16)
param name string = 'helpdesk'

@description('Where data and processes are. West Europe is the Netherlands; Belgium Central is the alternative.')
param location string = 'westeurope'

@description('Where the bot is registered: westeurope keeps its data in the European Union, global does not promise that.')
@allowed([
  'westeurope'
  'global'
])
param botLocation string = 'westeurope'

@description('The directory whose people use the helpdesk.')
param tenantId string = tenant().tenantId

@description('Registration with which people sign in to the dashboard: the guide says how it is made. Empty: no dashboard in Teams.')
param tabClientId string = ''

@description('E-mail addresses or object ids of the administrators, separated by commas. Without one nobody can set it up.')
@minLength(1)
param admins string

@description('E-mail addresses or object ids of the quality team, separated by commas.')
param qualityTeam string

@description('Host name of your own, already bound to the app. Empty: the one of azurewebsites.net.')
param customHost string = ''

@description('Plan of the app: B1 for a pilot, P0v3 or larger with several instances.')
param planSku string = 'B1'

@minValue(1)
@maxValue(10)
param instances int = 1

@description('Spreads instances over zones; Premium v3 with two instances or more.')
param zoneRedundant bool = false

@description('serverless: pay per use, for a pilot. autoscale: always room, for production.')
@allowed([
  'serverless'
  'autoscale'
])
param cosmosCapacity string = 'serverless'

@description('Upper limit of the container in request units per second, with autoscale; a tenth is always paid for.')
@minValue(1000)
param cosmosMaxThroughput int = 1000

@description('How far back a restore can go: 7 days without extra cost, or 30.')
@allowed([
  7
  30
])
param backupDays int = 7

@description('public: Cosmos DB answers from anywhere, to this identity only. private: from the network of the app only.')
@allowed([
  'public'
  'private'
])
param network string = 'public'

@description('What the helpdesk speaks to everybody. Content stays Dutch.')
@allowed([
  'nl'
  'en'
])
param language string = 'nl'

@description('Days after the end of a school year that texts and names are kept.')
@minValue(1)
param retentionDays int = 60

@description('Days that the log is kept; it never holds the text of a question.')
param logDays int = 30

@description('Who gets a mail when something is wrong. Empty: nobody, and no alert is made.')
param alertEmail string = ''

@description('A collector for OpenTelemetry over HTTP. Empty: no metrics and traces leave the app.')
param otlpEndpoint string = ''

var suffix = take(uniqueString(resourceGroup().id), 6)
var appName = '${name}-${suffix}'
var host = empty(customHost) ? '${appName}.azurewebsites.net' : toLower(customHost)
var isPrivate = network == 'private'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

module logs 'modules/logs.bicep' = {
  name: 'logs'
  params: {
    name: name
    location: location
    days: logDays
  }
}

module vnet 'modules/network.bicep' = if (isPrivate) {
  name: 'network'
  params: {
    name: name
    location: location
  }
}

module cosmos 'modules/cosmos.bicep' = {
  name: 'cosmos'
  params: {
    name: '${name}-${suffix}'
    location: location
    principalId: identity.properties.principalId
    capacity: cosmosCapacity
    maxThroughput: cosmosMaxThroughput
    backupDays: backupDays
    zoneRedundant: zoneRedundant
    subnetId: isPrivate ? vnet!.outputs.endpointSubnetId : ''
    dnsZoneId: isPrivate ? vnet!.outputs.dnsZoneId : ''
  }
}

module web 'modules/web.bicep' = {
  name: 'web'
  params: {
    name: appName
    location: location
    planSku: planSku
    instances: instances
    zoneRedundant: zoneRedundant
    identityId: identity.id
    subnetId: isPrivate ? vnet!.outputs.appSubnetId : ''
    workspaceId: logs.outputs.workspaceId
    settings: {
      clientId: identity.properties.clientId
      tenantId: tenantId
      tabClientId: tabClientId
      host: host
      admins: admins
      qualityTeam: qualityTeam
      cosmosEndpoint: cosmos.outputs.endpoint
      cosmosDatabase: cosmos.outputs.database
      cosmosContainer: cosmos.outputs.container
      language: language
      retentionDays: string(retentionDays)
      otlpEndpoint: otlpEndpoint
    }
  }
}

module bot 'modules/bot.bicep' = {
  name: 'bot'
  params: {
    name: appName
    location: botLocation
    endpoint: 'https://${host}/api/messages'
    clientId: identity.properties.clientId
    identityId: identity.id
    tenantId: tenantId
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  name: 'alerts'
  params: {
    name: name
    location: location
    email: alertEmail
    siteId: web.outputs.siteId
    workspaceId: logs.outputs.workspaceId
  }
}

output HELPDESK_HOST string = host
output BOT_ID string = identity.properties.clientId
output WEB_APP_NAME string = web.outputs.siteName
output WEB_APP_RESOURCE_ID string = web.outputs.siteId
output COSMOS_ENDPOINT string = cosmos.outputs.endpoint
