using System.Globalization;
using BscFlow;
using BscFlow.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Dates and numbers read the same whatever the machine's language is.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddBscFlow(builder.Configuration);
builder.Services.AddSingleton(services => new Pipeline(services, app => app.UseBscFlow()));
builder.Build().Run();
