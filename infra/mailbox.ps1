<#
.SYNOPSIS
    Gives the function app its right to one mailbox, and proves that it has none to another.
.DESCRIPTION
    Exchange RBAC for Applications: the app may read and write mail and calendar of this mailbox and send as it. No Graph
    role is granted beside it: the two add up, and a Graph role such as Mail.Send opens every mailbox of the tenant.
    Safe to run again: what is there is kept or put right. Needs the module ExchangeOnlineManagement and the role group
    Organization Management. Exchange takes half an hour to two hours until the app notices; the tests here see it at once.
.EXAMPLE
    ./mailbox.ps1 -Mailbox steering@example.org -AppId <identityClientId> -ObjectId <identityPrincipalId>
.EXAMPLE
    ./mailbox.ps1 -Mailbox steering@example.org -AppId <identityClientId> -ObjectId <identityPrincipalId> -Remove
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The shared mailbox of the secretary.
    [Parameter(Mandatory)] [string] $Mailbox,

    # Client id of the app's identity: output identityClientId of the deployment.
    [Parameter(Mandatory)] [guid] $AppId,

    # Object id of the app's identity: output identityPrincipalId of the deployment.
    [Parameter(Mandatory)] [guid] $ObjectId,

    # A mailbox that must stay closed, for the proof. Default: the first other one of the tenant.
    [string] $OtherMailbox,

    # What the identity, the scope and the grants are called in Exchange.
    [ValidateLength(1, 30)] [string] $Name = 'BscFlow',

    # Take the right away again.
    [switch] $Remove
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$roles = 'Application Mail.ReadWrite', 'Application Mail.Send', 'Application Calendars.ReadWrite'

function Get-GrantName([string] $Role) { "$Name $($Role -replace '^Application ')" }

# Looking for what is not there is an error in some versions of these commands and an empty answer in others.
function Find-One([scriptblock] $Command) {
    try { & $Command | Select-Object -First 1 }
    catch { if ($_.Exception.Message -match "couldn't be found|could not be found|not found") { $null } else { throw } }
}

if (-not (Get-Command Get-ConnectionInformation -ErrorAction SilentlyContinue)) {
    throw 'The module ExchangeOnlineManagement is missing: Install-Module ExchangeOnlineManagement'
}
if (-not (Get-ConnectionInformation)) { Connect-ExchangeOnline -ShowBanner:$false }

if ($Remove) {
    foreach ($role in $roles) {
        $grant = Get-GrantName $role
        if (Find-One { Get-ManagementRoleAssignment -Identity $grant }) {
            if ($PSCmdlet.ShouldProcess($grant, 'Remove grant')) {
                Remove-ManagementRoleAssignment -Identity $grant -Confirm:$false
            }
        }
    }
    if (Find-One { Get-ManagementScope -Identity $Name }) {
        if ($PSCmdlet.ShouldProcess($Name, 'Remove scope')) { Remove-ManagementScope -Identity $Name -Confirm:$false }
    }
    if (Find-One { Get-ServicePrincipal -Identity "$ObjectId" }) {
        if ($PSCmdlet.ShouldProcess($Name, 'Remove service principal')) {
            Remove-ServicePrincipal -Identity "$ObjectId" -Confirm:$false
        }
    }
    if (-not $WhatIfPreference) { Write-Host "$Name has no right to $Mailbox any more." }
    return
}

$address = (Get-EXOMailbox -Identity $Mailbox).PrimarySmtpAddress
$filter = "PrimarySmtpAddress -eq '$($address -replace "'", "''")'"

if (-not (Find-One { Get-ServicePrincipal -Identity "$ObjectId" })) {
    if ($PSCmdlet.ShouldProcess($Name, 'Create service principal')) {
        New-ServicePrincipal -AppId "$AppId" -ObjectId "$ObjectId" -DisplayName $Name | Out-Null
    }
}

$scope = Find-One { Get-ManagementScope -Identity $Name }
if (-not $scope) {
    if ($PSCmdlet.ShouldProcess($Name, "Create scope: $filter")) {
        New-ManagementScope -Name $Name -RecipientRestrictionFilter $filter | Out-Null
    }
}
elseif ($scope.RecipientFilter -ne $filter) {
    if ($PSCmdlet.ShouldProcess($Name, "Change scope: $filter")) {
        Set-ManagementScope -Identity $Name -RecipientRestrictionFilter $filter
    }
}

foreach ($role in $roles) {
    $grantName = Get-GrantName $role
    $grant = Find-One { Get-ManagementRoleAssignment -Identity $grantName }
    if ($grant -and ("$($grant.Role)" -ne $role -or "$($grant.CustomResourceScope)" -ne $Name)) {
        if ($PSCmdlet.ShouldProcess($grantName, 'Remove a grant of another scope')) {
            Remove-ManagementRoleAssignment -Identity $grantName -Confirm:$false
            $grant = $null
        }
    }
    if (-not $grant -and $PSCmdlet.ShouldProcess($grantName, 'Grant')) {
        New-ManagementRoleAssignment -Name $grantName -App "$ObjectId" -Role $role -CustomResourceScope $Name | Out-Null
    }
}

if ($WhatIfPreference) { return }

# The proof: each role reaches this mailbox, and no role whatever reaches another one.
function Find-Reach([string] $Address) {
    Test-ServicePrincipalAuthorization -Identity "$ObjectId" -Resource $Address |
        Where-Object { "$($_.InScope)" -eq 'True' } | ForEach-Object RoleName
}

$reached = @(Find-Reach $address)
$missing = @($roles | Where-Object { $_ -notin $reached })
if ($missing) { throw "$($missing -join ', ') does not reach $address." }

if (-not $OtherMailbox) {
    $OtherMailbox = Get-EXOMailbox -ResultSize 20 | ForEach-Object PrimarySmtpAddress |
        Where-Object { $_ -ne $address } | Select-Object -First 1
    if (-not $OtherMailbox) { throw 'There is no other mailbox to prove it with: name one with -OtherMailbox.' }
}
elseif ((Get-EXOMailbox -Identity $OtherMailbox).PrimarySmtpAddress -eq $address) {
    throw "-OtherMailbox is $address itself."
}
$tooFar = @(Find-Reach $OtherMailbox)
if ($tooFar) { throw "The app reaches $OtherMailbox as well: $($tooFar -join ', ')." }

Write-Host "$Name reads, writes and sends as $address, and reaches $OtherMailbox with no role."
