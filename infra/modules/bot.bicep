// The registration of the bot and its channel to Teams. It has no secret: the bot signs in with the identity of the app.

param name string

@description('westeurope keeps the data of the bot service in the European Union.')
param location string

param endpoint string
param clientId string
param identityId string
param tenantId string

resource bot 'Microsoft.BotService/botServices@2023-09-15-preview' = {
  name: name
  location: location
  kind: 'azurebot'
  sku: {
    // Teams is a standard channel, without a limit and without cost on F0.
    name: 'F0'
  }
  properties: {
    displayName: 'Helpdesk'
    endpoint: endpoint
    msaAppId: clientId
    msaAppType: 'UserAssignedMSI'
    msaAppMSIResourceId: identityId
    msaAppTenantId: tenantId
    disableLocalAuth: true
    isStreamingSupported: false
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2023-09-15-preview' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: location
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      enableCalling: false
      deploymentEnvironment: 'CommercialDeployment'
      acceptedTerms: true
    }
  }
}
