using System.Text.Json.Serialization;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Exports;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;
using BscFlow.Secretary;
using BscFlow.Storage;
using BscFlow.Telemetry;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Nominations;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tallies;
using BscFlow.Votes.Tokens;
using BscFlow.Web;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
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
        services.TryAddSingleton(_ => WorkerProcess.OneOfMany());
        return services.AddStorage().AddCommittee().AddMail().AddWeb();
    }

    /// <summary>
    /// The same with the settings of a function app: <c>BscFlow__...</c>, and what the platform says of itself.
    /// </summary>
    public static IServiceCollection AddBscFlow(this IServiceCollection services, IConfiguration settings) => services
        .AddBscFlow(options =>
        {
            settings.GetSection("BscFlow").Bind(options);

            // App Service sets it, and nobody else can.
            options.SignIn = settings.GetValue<bool>("WEBSITE_AUTH_ENABLED");
        })
        .AddBscFlowTelemetry(new TelemetryTargets
        {
            ApplicationInsights = settings["APPLICATIONINSIGHTS_CONNECTION_STRING"],
            Otlp = settings.GetValue<Uri?>("OTEL_EXPORTER_OTLP_ENDPOINT"),
        });

    private static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => provider.Storage() switch
        {
            { ConnectionString: { } connection } =>
                new TableServiceClient(connection, provider.Watched(new TableClientOptions())),
            var account => new TableServiceClient(
                account.Of("table"), new DefaultAzureCredential(), provider.Watched(new TableClientOptions())),
        })
        .AddSingleton(provider => provider.Storage() switch
        {
            { ConnectionString: { } connection } => new BlobServiceClient(connection, provider.Watched(Versioned())),
            var account => new BlobServiceClient(
                account.Of("blob"), new DefaultAzureCredential(), provider.Watched(Versioned())),
        })
        .AddSingleton(provider => provider.Storage() switch
        {
            // The Functions host reads messages in Base64.
            { ConnectionString: { } connection } => new QueueServiceClient(connection, provider.Watched(Base64())),
            var account => new QueueServiceClient(account.Of("queue"), new DefaultAzureCredential(), provider.Watched(Base64())),
        })
        .AddSingleton<StorageSetup>()
        .AddSingleton<Seal>()
        .AddSingleton<ExportCommittee>()
        .AddSingleton<RestoreCommittee>()
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
        .AddSingleton<ChangeAction>()
        .AddSingleton<ImportArchive>()
        .AddSingleton<AddAgendaItem>()
        .AddSingleton<CallSpecialMeeting>()
        .AddSingleton<CancelMeeting>()
        .AddSingleton<SetChair>()
        .AddSingleton<InviteToMeeting>()
        .AddSingleton<ProposeChair>()
        .AddSingleton<AbsenceStore>()
        .AddSingleton<AnnounceAbsence>()
        .AddSingleton<WithdrawAbsence>()
        .AddSingleton<SaveMinutes>()
        .AddSingleton<EditMinutes>()
        .AddSingleton<ChangeCharter>()
        .AddSingleton<ReadDesk>()
        .AddSingleton<ReadAttendance>()
        .AddSingleton<MyPages>()
        .AddSingleton<MeetingDesk>()
        .AddSingleton<DraftMeeting>()
        .AddSingleton<SendAgenda>()
        .AddSingleton<RemindMeeting>()
        .AddSingleton<AskForMinutes>()
        .AddSingleton<CirculateMinutes>()
        .AddSingleton<PublishMinutes>()
        .AddSingleton<OfferMinutes>()
        .AddSingleton<TellCancellation>()
        .AddSingleton<RemindOwners>()
        .AddSingleton<AnswerActions>()
        .AddSingleton<Objections>()
        .AddSingleton<AnswerParticipant>()
        .AddSingleton<VotingKeys>()
        .AddSingleton<MotionStore>()
        .AddSingleton<BallotStore>()
        .AddSingleton<VoterNotes>()
        .AddSingleton<MotionSecrets>()
        .AddSingleton<TokenStore>()
        .AddSingleton<TallyStore>()
        .AddSingleton<CountMotion>()
        .AddSingleton<MotionEvents>()
        .AddSingleton<OpenMotion>()
        .AddSingleton<ProposeMotions>()
        .AddSingleton<OpenProposedMotion>()
        .AddSingleton<ExtendMotion>()
        .AddSingleton<WithdrawMotion>()
        .AddSingleton<ReviewMotions>()
        .AddSingleton<MinutesMadePublic>(services => services.GetRequiredService<ReviewMotions>().RunAsync)
        .AddSingleton<FindOpenVotes>()
        .AddSingleton<OpenVotes>(services => services.GetRequiredService<FindOpenVotes>().RunAsync)
        .AddSingleton<FindTitle>()
        .AddSingleton<TitleOfVote>(services => services.GetRequiredService<FindTitle>().RunAsync)
        .AddSingleton<CorrectMotion>()
        .AddSingleton<RatifyMotion>()
        .AddSingleton<MotionRequests>()
        .AddSingleton<CallForVotes>()
        .AddSingleton<RemindVoters>()
        .AddSingleton<SendBallot>()
        .AddSingleton<CloseMotion>()
        .AddSingleton<TellVoters>()
        .AddSingleton<ForgetBallots>()
        .AddSingleton<NominationStore>()
        .AddSingleton<NominationMail>()
        .AddSingleton<IdPromised>(services => services.GetRequiredService<NominationStore>().GoesOnAsync)
        .AddSingleton<NominationEvents>()
        .AddSingleton<OpenNominations>()
        .AddSingleton<CallForNominations>()
        .AddSingleton<TakeNomination>()
        .AddSingleton<OpenNominated>()
        .AddSingleton<UnreachedVoters>()
        .AddSingleton<FollowCalls>()
        .AddSingleton<CallAgain>()
        .AddSingleton<OutdatedCalls>()
        .AddSingleton<CastBallot>()
        .AddSingleton<SecretVotes>()
        .AddSingleton<VerifyRecords>()
        .AddSingleton<PageRenderer>()
        .AddSingleton<Site>()
        .AddSingleton<SiteCache>()
        .AddSingleton<SiteDigests>()
        .AddSingleton<ReadArchive>()
        .AddSingleton<PublishSite>()
        .AddSingleton<ShowChanges>(services => services.GetRequiredService<PublishSite>().RunAsync)
        .AddSingleton<ShowChangesWhenAsked>(services => services.GetRequiredService<BlobSite>().TakeFrontAwayAsync)
        .AddSingleton<RefreshSite>()
        .AddSingleton<BlobSite>()
        .AddSingleton<IPublishingTarget>(services => services.GetRequiredService<BlobSite>())
        .AddSingleton<GitHubPullRequest>()
        .AddSingleton<StepQueue>()
        .AddSingleton<MailboxSteps>()
        .AddSingleton<HintOfMail>()
        .AddSingleton<LookSoon>()
        .AddSingleton<DueList>()
        .AddSingleton<CheckReadiness>()
        .AddSingleton<Clock>()
        .AddSingleton<StepFailures>()
        .AddSingleton<TellOfFailedStep>()
        .AddSingleton<StepRunner>();

    private static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton(provider => Options.Create(provider.GetRequiredService<IOptions<BscFlowOptions>>().Value.Graph))
        .AddSingleton<GraphConnection>()
        .AddSingleton<IMailbox, GraphMailbox>()
        .AddSingleton<MailRenderer>()
        .AddSingleton<Outbox>()
        .AddSingleton<MailPaces>()
        .AddSingleton<MailAllowance>()
        .AddSingleton<MailStore>()
        .AddSingleton<RawMails>()
        .AddSingleton<MailboxStates>()
        .AddSingleton<BlobLeases>()
        .AddSingleton<MailboxDirectory>()
        .AddSingleton<MailboxCalendar>()
        .AddSingleton<RouteMail>()
        .AddSingleton<TokenFinder>(services => services.GetRequiredService<TokenStore>().FindIn)
        .AddSingleton<SecrecyOfMail>(services => services.GetRequiredService<SecretVotes>().MayShowInAsync)
        .AddSingleton<NoteOfReturn>(services => services.GetRequiredService<FollowCalls>().NoteAsync)
        .AddSingleton<UselessMails>(services => services.GetRequiredService<OutdatedCalls>().RunAsync)
        .AddSingleton(DeedsInOrder)
        .AddSingleton<TakeBallot>()
        .AddSingleton<TakeOpening>()
        .AddSingleton<TakeMinutesAnswer>()
        .AddSingleton<TakeAgendaItems>()
        .AddSingleton<TakeActionAnswers>()
        .AddSingleton<TakeMail>()
        .AddSingleton<TakePage>()
        .AddSingleton<LeaveMail>()
        .AddSingleton<FailedMails>()
        .AddSingleton<EraseSecretMail>()
        .AddSingleton<CollectMail>()
        .AddSingleton<RenewSubscription>()
        .AddSingleton<SettleMail>()
        .AddSingleton<ReturnedCalls>()
        .AddSingleton<MeetingMail>()
        .AddSingleton<MotionMail>()
        .AddSingleton<ElectorateMail>()
        .AddSingleton<AnswerVoter>()
        .AddSingleton<SendMail>()
        .AddSingleton<TellSender>()
        .AddSingleton<TellSecretary>();

    /// <summary>
    /// Who is asked of a mail, one after the other. A token says most and is asked first; before a mail is taken for what it
    /// answers, it is known that a person wrote it, and who; and an empty answer means something only to minutes and to a
    /// subject.
    /// </summary>
    private static IReadOnlyList<MailDeed> DeedsInOrder(IServiceProvider services) =>
    [
        services.GetRequiredService<TakeBallot>().RunAsync,
        services.GetRequiredService<TakeNomination>().RunAsync,
        (row, mail, route, _) => Task.FromResult(MailSorting.OfNobody(row, mail, route)),
        services.GetRequiredService<TakeMinutesAnswer>().RunAsync,
        services.GetRequiredService<TakeAgendaItems>().RunAsync,
        (row, mail, _, _) => Task.FromResult(MailSorting.Empty(row, mail)),
        services.GetRequiredService<TakeActionAnswers>().RunAsync,
        services.GetRequiredService<TakeOpening>().RunAsync,
    ];

    private static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(forms => forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<BscFlowOptions>>(
            (forms, own) => forms.Cookie.Name = Access.CookieName("bscflow-form", own.Value));
        services.AddProblemDetails();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddLimits();
        services.AddExceptionHandler<RequestErrors>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddDataProtection().SetApplicationName("BscFlow");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys =>
                keys.XmlRepository = new BlobKeyRing(provider.GetRequiredService<BlobServiceClient>())));
        return services
            .AddSingleton<LeftSessions>()
            .AddSingleton<Access>()
            .AddSingleton<LinkSignature>()
            .AddSingleton<SiteLinks>();
    }

    private static BlobClientOptions Versioned()
    {
        var options = new BlobClientOptions();
        options.AddPolicy(new BlobVersion(), HttpPipelinePosition.PerCall);
        return options;
    }

    private static QueueClientOptions Base64() => new() { MessageEncoding = QueueMessageEncoding.Base64 };

    /// <summary>Lets those whom a front brought along see each request to storage.</summary>
    private static T Watched<T>(this IServiceProvider provider, T options)
        where T : ClientOptions
    {
        foreach (var policy in provider.GetServices<HttpPipelinePolicy>())
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return options;
    }

    private static StorageAddress Storage(this IServiceProvider provider) =>
        StorageAddress.Parse(provider.GetRequiredService<IOptions<BscFlowOptions>>().Value.Storage);
}
