using Amana.Server;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
var instance = new Instance { DataFolder = Path.GetFullPath(builder.Configuration["data"] ?? ".amana"), IsTraining = true, Address = "http://127.0.0.1:5080" };
builder.Services.AddSingleton(instance);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddDbContext<AmanaDb>(options => options.UseSqlite($"Data Source={instance.DatabaseFile}"));
foreach (var module in Modules.InOrder) module.AddServices(builder.Services, builder.Configuration);

var app = builder.Build();
app.MapGet("/healthz", () => new { status = "ok" });
foreach (var module in Modules.InOrder) module.MapApi(app);
await app.RunAsync();
