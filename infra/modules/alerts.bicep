// A mail to whoever looks after it: the app does not answer, answers with faults, or gave a message up.

param name string
param location string
param email string
param siteId string
param workspaceId string

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-mail'
  location: 'global'
  properties: {
    groupShortName: 'helpdesk'
    enabled: true
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource unhealthy 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-unhealthy'
  location: 'global'
  properties: {
    description: 'An instance does not answer /healthz.'
    severity: 1
    enabled: true
    scopes: [
      siteId
    ]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'health'
          metricName: 'HealthCheckStatus'
          operator: 'LessThan'
          threshold: 100
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [
      {
        actionGroupId: group.id
      }
    ]
  }
}

resource faults 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-faults'
  location: 'global'
  properties: {
    description: 'More than ten requests in five minutes could not be handled; the log says why.'
    severity: 2
    enabled: true
    scopes: [
      siteId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'faults'
          metricName: 'Http5xx'
          operator: 'GreaterThan'
          threshold: 10
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [
      {
        actionGroupId: group.id
      }
    ]
  }
}

resource givenUp 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = {
  name: '${name}-given-up'
  location: location
  properties: {
    displayName: 'A message of the helpdesk was given up'
    severity: 2
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    // A table that has no line yet is no fault.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'AppServiceConsoleLogs | where ResultDescription has "message given up"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: {
      actionGroups: [
        group.id
      ]
    }
  }
}
