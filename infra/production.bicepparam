// Production: two instances over zones, a store that always has room and that only the app can reach, 30 days to go back.
using './main.bicep'

param name = 'helpdesk'
param planSku = 'P0v3'
param instances = 2
param zoneRedundant = true
param cosmosCapacity = 'autoscale'
param cosmosMaxThroughput = 1000
param backupDays = 30
param network = 'private'
param logDays = 90

// Fill these in: addresses with commas in between, and the application id of the registration of the dashboard.
param admins = ''
param qualityTeam = ''
param tabClientId = ''
param alertEmail = ''
