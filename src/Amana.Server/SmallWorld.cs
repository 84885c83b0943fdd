using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;

namespace Amana.Server;

/// <summary>Several specimen bureaus to look at: each a server process of its own, with its own folder and port, joined in one directory. A process each, since what a
/// bureau has is never another's: not its memory, not its keys, and one that is killed takes no other along.</summary>
internal static class SmallWorld
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(15);

    private sealed record Member(SpecimenBureau Bureau, Uri Address, string Folder, Process Process, Task Ready);

    /// <returns>Exit code: 0 when it was stopped, 1 when one of them ended by itself.</returns>
    public static async Task<int> ShowAsync(StartOptions options, TextWriter output, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var members = Start(options, output);
        var ends = Task.WhenAny(members.Select(m => m.Process.WaitForExitAsync(stop.Token)));
        try
        {
            var ready = Task.WhenAll(members.Select(m => m.Ready));
            if (await Task.WhenAny(ready, ends) == ready) await SayAsync(members, output, stop.Token);

            await ends;
            if (stop.IsCancellationRequested) return 0;
            await output.WriteLineAsync($"{members.First(m => m.Process.HasExited).Bureau.Code} has ended; all are stopped.");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        finally
        {
            await EndAsync(members, CancellationToken.None);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>In a process of the world: stops when the process that started it is gone, however it went.</summary>
    public static async Task EndWithItsParentAsync(IHostApplicationLifetime lifetime, CancellationToken cancel)
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null, cancel);
        lifetime.StopApplication();
    }

    private static List<Member> Start(StartOptions options, TextWriter output)
    {
        var first = new Uri(options.Urls);
        var places = SpecimenBureau.All.Take(options.Bureaus).Select((b, i) => (Bureau: b, Address: new UriBuilder(first) { Port = first.Port + i }.Uri)).ToList();
        string circle = string.Join(';', places.Select(p => p.Address));
        return places.ConvertAll(p =>
        {
            string folder = Path.Combine(options.DataFolder, p.Bureau.Code);
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(SmallWorld).Assembly.Location);
            foreach (string argument in (string[])["--demo", "--bureau", p.Bureau.Code, "--data", folder, "--urls", p.Address.GetLeftPart(UriPartial.Authority), "--circle", circle]) start.ArgumentList.Add(argument);
            start.Environment.Remove(ChosenDatabase.Variable); // one database for all would be none of theirs
            var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var process = Process.Start(start)!;
            process.OutputDataReceived += Say;
            process.ErrorDataReceived += Say;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return new Member(p.Bureau, p.Address, folder, process, ready.Task);

            void Say(object sender, DataReceivedEventArgs line)
            {
                if (line.Data is null) return;
                if (line.Data.Contains(Welcome.AnswersAt, StringComparison.Ordinal)) ready.TrySetResult();
                lock (output) output.WriteLine($"{p.Bureau.Code} | {line.Data}");
            }
        });
    }

    private static async Task SayAsync(IReadOnlyList<Member> members, TextWriter output, CancellationToken cancel)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n{members.Count} bureaus exchange messages, sealed and signed. {members[0].Bureau.Code} is the Secretariat of their directory."));
        foreach (var member in members) await output.WriteLineAsync($"  {member.Bureau.Code}  {member.Address}  {member.Bureau.Names["en"],-34}  {member.Folder}");
        await output.WriteLineAsync("Sign in at each with the same names; messages: /messages (officer), bureaus and keys: /admin/bureaus (administrator).");
        foreach (string line in SpecimenPeople.HowToSignIn("").Skip(1)) await output.WriteLineAsync(line);
        await output.WriteLineAsync("TRAINING INSTANCES: specimen data only, never real persons. Ctrl+C stops all.");
        await output.FlushAsync(cancel);
    }

    private static async Task EndAsync(List<Member> members, CancellationToken cancel)
    {
        foreach (var member in members) member.Process.StandardInput.Close(); // they see it, and stop
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(StopsWithin);
        foreach (var member in members)
        {
            try
            {
                await member.Process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                member.Process.Kill();
            }

            member.Process.Dispose();
        }
    }
}
