// A pilot: one small instance, a store that is paid per use, a bot without secrets.
using './main.bicep'

param name = 'helpdesk'
param planSku = 'B1'
param instances = 1
param cosmosCapacity = 'serverless'
param backupDays = 7
param network = 'public'

// Fill these in: addresses with commas in between, and the application id of the registration of the dashboard.
param admins = ''
param qualityTeam = ''
param tabClientId = ''
param alertEmail = ''
