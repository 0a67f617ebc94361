// The store: one Cosmos DB account, database and container, opened by the identity of the app and by no key.

param name string
param location string
param principalId string

@allowed([
  'serverless'
  'autoscale'
])
param capacity string

param maxThroughput int
param backupDays int
param zoneRedundant bool

@description('Subnet for the private endpoint; empty: the account is reached over its public address.')
param subnetId string

param dnsZoneId string

var serverless = capacity == 'serverless'
var isPrivate = !empty(subnetId)
// The same as CONTAINER in src/adapters/storage/cosmos.ts: a test compares them.
var definition = loadJsonContent('../container.json')
// Cosmos DB Built-in Data Contributor: documents, and reading what the account looks like. No keys, no settings.
var dataContributor = '00000000-0000-0000-0000-000000000002'

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    // The helpdesk decides on what it reads: a weaker level could show it an older document. One region writes.
    consistencyPolicy: {
      defaultConsistencyLevel: 'Strong'
    }
    enableMultipleWriteLocations: false
    enableAutomaticFailover: false
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: zoneRedundant
      }
    ]
    capabilities: serverless
      ? [
          {
            name: 'EnableServerless'
          }
        ]
      : []
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: backupDays == 30 ? 'Continuous30Days' : 'Continuous7Days'
      }
    }
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-11-15' = {
  parent: account
  name: 'helpdesk'
  properties: {
    resource: {
      id: 'helpdesk'
    }
  }
}

resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-11-15' = {
  parent: database
  name: 'documents'
  properties: {
    resource: {
      id: 'documents'
      partitionKey: union(definition.partitionKey, {
        kind: 'Hash'
        version: 2
      })
      indexingPolicy: union(definition.indexingPolicy, {
        indexingMode: 'consistent'
        automatic: true
      })
    }
    options: serverless
      ? {}
      : {
          autoscaleSettings: {
            maxThroughput: maxThroughput
          }
        }
  }
}

// On the account, since the client also reads what the account looks like.
resource access 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(account.id, principalId, dataContributor)
  properties: {
    principalId: principalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    scope: account.id
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = if (isPrivate) {
  name: '${name}-cosmos'
  location: location
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: 'cosmos'
        properties: {
          privateLinkServiceId: account.id
          groupIds: [
            'Sql'
          ]
        }
      }
    ]
  }
}

resource dns 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = if (isPrivate) {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: 'cosmos'
        properties: {
          privateDnsZoneId: dnsZoneId
        }
      }
    ]
  }
}

output endpoint string = account.properties.documentEndpoint
output database string = database.name
output container string = container.name
