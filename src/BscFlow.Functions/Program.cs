using BscFlow;
using BscFlow.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddBscFlow(builder.Configuration);
builder.Services.AddSingleton(services => new Pipeline(services, app => app.UseBscFlow()));
builder.Build().Run();
