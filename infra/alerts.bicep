// What a person is told about. Each rule asks the log every quarter of an hour.

param location string
param tags { *: string }
param name string
param workspaceId string
param email string

@description('A rule fires when its query finds more than this many rows, or fewer.')
type rule = {
  @description('Part of the rule\'s name.')
  id: string
  title: string
  description: string
  query: string
  @minValue(0)
  @maxValue(4)
  severity: int
  operator: 'GreaterThan' | 'LessThan'
  threshold: int
}

// The names of functions are those in src/BscFlow.Functions; the names of events those of the library's log messages.
var rules rule[] = [
  {
    id: 'clock-late'
    title: 'The clock stands still'
    description: 'No tick of the clock has come to its end in half an hour: nothing is drafted, reminded or closed.'
    query: 'AppRequests | where Name == "Clock" and Success == true'
    severity: 1
    operator: 'LessThan'
    threshold: 1
  }
  {
    id: 'step-failed'
    title: 'A step has failed for good'
    description: 'A step or a mail was tried five times, and given up. What was due did not happen; the desk shows it, and the secretary was told.'
    query: 'AppRequests | where Name == "StepFailed" or Name == "MailFailed"'
    severity: 1
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    id: 'mail-refused'
    title: 'Mail is refused'
    description: 'Graph refuses a mail for good; the secretary was told which. If it is every mail, run mailbox.ps1 again.'
    query: 'AppTraces | where tostring(Properties.EventName) == "MailRefused"'
    severity: 1
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    id: 'mail-limit'
    title: 'Mails are held back'
    description: 'A committee was to send more mails in an hour than it may. Two programs may be answering each other.'
    query: 'AppTraces | where tostring(Properties.EventName) == "MailLimit"'
    severity: 2
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    id: 'subscription-dead'
    title: 'Graph tells no more of new mail'
    description: 'A subscription could not be renewed in five tries. Mail is found by the clock, some minutes late.'
    query: 'AppTraces | where tostring(Properties.EventName) == "SubscriptionDead"'
    severity: 2
    operator: 'GreaterThan'
    threshold: 0
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${name}-people'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    emailReceivers: [{ name: 'secretary', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${name}-${rule.id}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT30M'
      autoMitigate: true
      // A table that nothing was ever written to does not exist yet; that must not fail the deployment.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: '${rule.query} | summarize found = count()'
            metricMeasureColumn: 'found'
            timeAggregation: 'Total'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [people.id] }
    }
  }
]
