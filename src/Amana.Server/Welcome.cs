using Amana.Server.Access;
using Amana.Server.Foundation;

namespace Amana.Server;

/// <summary>What is printed once the server answers: the address, and how to get in.</summary>
internal static class Welcome
{
    /// <summary>In the first line, which is printed once the server answers.</summary>
    public const string AnswersAt = "answers at";

    public static async Task PrintAsync(WebApplication app, StartOptions options, TextWriter output)
    {
        var instance = app.Services.GetRequiredService<Instance>();
        await output.WriteLineAsync($"Amana {BuildVersion.Number} {AnswersAt} {instance.Address}");
        await output.WriteLineAsync($"Data: {instance.DataFolder}");
        if (instance.IsTraining) await output.WriteLineAsync("TRAINING INSTANCE: specimen data only, never real persons.");
        if (instance.IsTraining && options.Demo && options.Circle.Count == 0)
        {
            foreach (string line in SpecimenPeople.HowToSignIn(instance.Address)) await output.WriteLineAsync(line);
        }

        if (!instance.IsSetUp)
        {
            await using var scope = app.Services.CreateAsyncScope();
            string link = await scope.ServiceProvider.GetRequiredService<OneTimeLinks>().NewSetUpLinkAsync(CancellationToken.None);
            await output.WriteLineAsync("This server has no administrator yet. Open this link once, within 24 hours; a restart makes a new one:");
            await output.WriteLineAsync($"  {link}");
        }

        await output.FlushAsync();
    }
}
