using System.Reflection;
using System.Runtime.CompilerServices;
using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

public class AsyncTests
{
    private static readonly Assembly[] Ours =
        [typeof(Server.Foundation.IModule).Assembly, Assembly.Load("amana"), Assembly.Load("Amana.Lists"), Assembly.Load("Amana.Matching"), Assembly.Load("Amana.Vocabulary")];

    private static readonly string[] Blocking = ["get_Result", "Wait", "WaitAll", "WaitAny"];

    public static TheoryData<string> Assemblies => [.. Ours.Select(a => a.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_method_that_returns_a_task_ends_in_Async_and_takes_cancel_last_without_a_default(string assembly) =>
        Exceptions.Of($"async-{assembly}.txt").Check(Ours.Single(a => a.GetName().Name == assembly).GetTypes().SelectMany(BreachesOf)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Nothing_blocks_on_a_task_and_no_clock_or_random_key_is_taken_from_the_air(string assembly)
    {
        using var built = Built.Of(Ours.Single(a => a.GetName().Name == assembly));
        FromTheAir(built, "Amana.").ShouldBeEmpty();
    }

    [Fact]
    public void The_rules_see_each_breach()
    {
        string[] seen = [.. typeof(Samples.Async.Slow).Assembly.GetTypes().Where(t => t.Namespace == "Amana.Conventions.Tests.Samples.Async").SelectMany(BreachesOf)];
        seen.Length.ShouldBe(5);
        seen.ShouldNotContain(b => b.Contains("RightAsync", StringComparison.Ordinal));
        using var built = Built.Of(typeof(AsyncTests).Assembly);
        string[] taken = [.. FromTheAir(built, "Amana.Conventions.Tests.Samples.")];
        taken.Length.ShouldBe(3);
    }

    private static IEnumerable<string> FromTheAir(Built built, string space) => built.Uses()
        .Where(use => use.From.ToString().StartsWith(space, StringComparison.Ordinal))
        .Where(use => (use.To.ToString(), use.Member) switch
        {
            ("System.DateTime" or "System.DateTimeOffset", "get_Now" or "get_UtcNow" or "get_Today") => true,
            ("System.Guid", "NewGuid") => true,
            ("System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1", { } member) => Blocking.Contains(member),
            _ => false,
        })
        .Select(use => $"{use.From}.{use.FromMethod} uses {use.To}.{use.Member}").Distinct();

    private static IEnumerable<string> BreachesOf(Type type)
    {
        if (IsGenerated(type)) yield break;
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMethods(Own).Where(m => !m.IsSpecialName && !m.Name.Contains('<', StringComparison.Ordinal)))
        {
            string name = $"{type.FullName}.{method.Name}";
            bool awaited = method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null;
            if (awaited && method.ReturnType == typeof(void)) yield return $"{name} is async void";
            if (!ReturnsTask(method) || IsForced(type, method) || IsEndpoint(type, method)) continue;
            if (method.GetParameters().Any(p => p.ParameterType.Name.EndsWith("Context", StringComparison.Ordinal))) continue; // it carries the request's own
            if (IsComponent(type)) continue; // its life ends with the page; handlers are named after the event
            if (!method.Name.EndsWith("Async", StringComparison.Ordinal)) yield return $"{name} does not end in Async";
            var last = method.GetParameters().LastOrDefault();
            if (last?.ParameterType != typeof(CancellationToken) || last.HasDefaultValue) yield return $"{name} does not take cancel last, without a default";
        }
    }

    private static bool ReturnsTask(MethodInfo method) => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType == typeof(ValueTask)
        || (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>));

    // The framework decides name and parameters: overrides, implementations of its interfaces, middleware.
    private static bool IsForced(Type type, MethodInfo method) =>
        method.GetBaseDefinition() is { DeclaringType: { } origin } && origin != type
        || (!type.IsInterface && type.GetInterfaces().SelectMany(i => type.GetInterfaceMap(i).TargetMethods).Contains(method))
        || method.Name is "DisposeAsync" or "Main" or "InvokeAsync";

    private static bool IsEndpoint(Type type, MethodInfo method) =>
        method.IsStatic && (type.Name.EndsWith("Api", StringComparison.Ordinal) || type.Name.EndsWith("Endpoints", StringComparison.Ordinal));

    private static bool IsComponent(Type type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.FullName == "Microsoft.AspNetCore.Components.ComponentBase") return true;
        }
        return false;
    }

    private static bool IsGenerated(Type type) => type.FullName!.Contains('<', StringComparison.Ordinal)
        || type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null || type.Namespace?.StartsWith("Amana", StringComparison.Ordinal) is not true;
}
