using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;
using BscFlow.Storage;
using BscFlow.Web;
using BscFlow.Workflow;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BscFlow;

/// <summary>The one place where the parts are put together.</summary>
public static class BscFlowServices
{
    /// <summary>Adds everything that a front needs; a front brings its own <see cref="TimeProvider"/> if it has one.</summary>
    public static IServiceCollection AddBscFlow(this IServiceCollection services, Action<BscFlowOptions> configure)
    {
        services.AddOptions<BscFlowOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BscFlowOptions>, BscFlowOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => OutboxWorker.OneOfMany());
        return services.AddStorage().AddCommittee().AddMail().AddWeb();
    }

    private static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => provider.Storage() switch
        {
            { ConnectionString: { } connection } => new TableServiceClient(connection),
            var account => new TableServiceClient(account.Of("table"), new DefaultAzureCredential()),
        })
        .AddSingleton(provider => provider.Storage() switch
        {
            { ConnectionString: { } connection } => new BlobServiceClient(connection),
            var account => new BlobServiceClient(account.Of("blob"), new DefaultAzureCredential()),
        })
        .AddSingleton(provider => provider.Storage() switch
        {
            // The Functions host reads messages in Base64.
            { ConnectionString: { } connection } => new QueueServiceClient(connection, Base64),
            var account => new QueueServiceClient(account.Of("queue"), new DefaultAzureCredential(), Base64),
        })
        .AddSingleton<StorageSetup>()
        .AddSingleton<AuditLog>();

    private static IServiceCollection AddCommittee(this IServiceCollection services) => services
        .AddSingleton<CharterStore>()
        .AddSingleton<CommitteeStateStore>()
        .AddSingleton<MinutesStore>()
        .AddSingleton<MeetingStore>()
        .AddSingleton<AgendaStore>()
        .AddSingleton<MeetingAgenda>()
        .AddSingleton<ActionStore>()
        .AddSingleton<RegisterActions>()
        .AddSingleton<ImportArchive>()
        .AddSingleton<AddAgendaItem>()
        .AddSingleton<CallSpecialMeeting>()
        .AddSingleton<CancelMeeting>()
        .AddSingleton<SetChair>()
        .AddSingleton<SaveMinutes>()
        .AddSingleton<DraftMeeting>()
        .AddSingleton<SendAgenda>()
        .AddSingleton<RemindMeeting>()
        .AddSingleton<AskForMinutes>()
        .AddSingleton<CirculateMinutes>()
        .AddSingleton<PublishMinutes>()
        .AddSingleton<TellCancellation>()
        .AddSingleton<RemindOwners>()
        .AddSingleton<AnswerActions>()
        .AddSingleton<Objections>()
        .AddSingleton<Site>()
        .AddSingleton<PublishSite>()
        .AddSingleton<IPublishingTarget, BlobSite>()
        .AddSingleton<StepQueue>()
        .AddSingleton<Clock>()
        .AddSingleton<StepRunner>();

    private static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton(provider => Options.Create(provider.GetRequiredService<IOptions<BscFlowOptions>>().Value.Graph))
        .AddSingleton<GraphConnection>()
        .AddSingleton<IMailbox, GraphMailbox>()
        .AddSingleton<MailRenderer>()
        .AddSingleton<Outbox>()
        .AddSingleton<MailStore>()
        .AddSingleton<RawMails>()
        .AddSingleton<MailboxStates>()
        .AddSingleton<MailboxLeases>()
        .AddSingleton<MailboxDirectory>()
        .AddSingleton<RouteMail>()
        .AddSingleton<TakeMail>()
        .AddSingleton<EraseSecretMail>()
        .AddSingleton<CollectMail>()
        .AddSingleton<RenewSubscription>()
        .AddSingleton<MeetingMail>()
        .AddSingleton<SendMail>()
        .AddSingleton<TellSecretary>();

    private static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery();
        services.AddProblemDetails();
        services.AddExceptionHandler<RequestErrors>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddDataProtection().SetApplicationName("BscFlow");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys =>
                keys.XmlRepository = new BlobKeyRing(provider.GetRequiredService<BlobServiceClient>())));
        return services.AddSingleton<Access>().AddSingleton<LinkSignature>().AddSingleton<SiteLinks>();
    }

    private static readonly QueueClientOptions Base64 = new() { MessageEncoding = QueueMessageEncoding.Base64 };

    private static StorageAddress Storage(this IServiceProvider provider) =>
        StorageAddress.Parse(provider.GetRequiredService<IOptions<BscFlowOptions>>().Value.Storage);
}
