using Amana.Server.Access;
using Amana.Server.Access.Recovery;
using Amana.Server.Foundation;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Access;

public class PeopleTests(AmanaServer server)
{
    private const string Password = "three green boats at sea";
    private static int _names;

    private static string NewName() => $"person.{Interlocked.Increment(ref _names)}";

    private static async Task<T> WonAsync<T>(Task<Result<T>> call)
    {
        (await call).Succeeded(out var value, out var refusal).ShouldBeTrue(refusal?.ToString());
        return value!;
    }

    private static async Task RefusedAsync<T>(Task<Result<T>> call, string code)
    {
        (await call).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe(code);
    }

    private static string KeyOf(string link) => link[(link.IndexOf("key=", StringComparison.Ordinal) + 4)..];

    private static (string Sealed, byte[] Secret) Offer(AmanaServer at, string name)
    {
        var offer = at.Services.GetRequiredService<SecondStep>().Offer(name);
        offer.QrSvg.ShouldStartWith("<svg");
        offer.Uri.ShouldStartWith("otpauth://totp/");
        return (offer.Sealed, Base32.Read(offer.Secret));
    }

    private static string CodeNow(byte[] secret, int ahead = 0) => Totp.CodeAt(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()) + ahead);

    private Task<Result<InvitePerson.Invited>> InviteAsync(string name, params Role[] roles) =>
        server.RunAsync<InvitePerson, Result<InvitePerson.Invited>>(a => a.RunAsync(new(name, "N. Specimen", roles), server.ServerCaller, default));

    private async Task<(Guid Id, byte[] Secret, IReadOnlyList<string> Codes)> JoinAsync(string name, params Role[] roles)
    {
        var invited = await WonAsync(InviteAsync(name, roles));
        var (offered, secret) = Offer(server, name);
        var done = await WonAsync(server.RunAsync<TakeUpLink, Result<TakeUpLink.Done>>(a => a.RunAsync(
            new(KeyOf(invited.Link), LinkKind.Invitation, Password, offered, CodeNow(secret, -1)), default)));
        return (invited.Person, secret, done.RecoveryCodes);
    }

    private async Task<(HttpClient Client, string? Location)> PasswordAsync(string name, string password)
    {
        var client = server.Browser();
        using var answer = await server.PostFormAsync(client, "access/sign-in", ("userName", name), ("password", password), ("return", "/journal"));
        return (client, answer.Headers.Location?.ToString());
    }

    private async Task<string?> CodeAsync(HttpClient client, string code)
    {
        using var answer = await server.PostFormAsync(client, "access/second-step", ("code", code), ("return", "/journal"));
        return answer.Headers.Location?.ToString();
    }

    [Fact]
    public async Task An_invited_person_joins_and_signs_in_with_password_and_code()
    {
        string name = NewName();
        var (id, secret, _) = await JoinAsync(name, Role.Officer);
        var (client, location) = await PasswordAsync(name, Password);
        location.ShouldBe("/sign-in/second-step?return=%2Fjournal");
        (await client.GetAsync("api/v1/me")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized, "half a sign-in opens nothing");
        (await CodeAsync(client, CodeNow(secret))).ShouldBe("/journal");
        var me = await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync();
        me.GetProperty("key").GetString().ShouldBe($"person:{id}");
        me.GetProperty("roles")[0].GetString().ShouldBe("officer");
        var signedIn = (await server.JournalAsync("person.signed-in", id.ToString())).ShouldHaveSingleItem();
        server.ContentOf(signedIn).ShouldContain("network");
    }

    [Fact]
    public async Task A_code_opens_once()
    {
        string name = NewName();
        var (_, secret, _) = await JoinAsync(name, Role.Officer);
        string code = CodeNow(secret);
        (await CodeAsync((await PasswordAsync(name, Password)).Client, code)).ShouldBe("/journal");
        (await CodeAsync((await PasswordAsync(name, Password)).Client, code))!.ShouldContain("refused=access.code-wrong");
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        string name = NewName();
        var (_, _, codes) = await JoinAsync(name, Role.Officer);
        codes.Count.ShouldBe(SecondStep.RecoveryCodeCount);
        (await CodeAsync((await PasswordAsync(name, Password)).Client, codes[0].ToLowerInvariant())).ShouldBe("/journal");
        (await CodeAsync((await PasswordAsync(name, Password)).Client, codes[0]))!.ShouldContain("refused=access.code-wrong");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_answer_alike()
    {
        string name = NewName();
        await JoinAsync(name, Role.Officer);
        string? wrong = (await PasswordAsync(name, "something else entirely")).Location;
        wrong.ShouldBe("/sign-in?refused=access.sign-in-failed&return=%2Fjournal");
        (await PasswordAsync(NewName(), Password)).Location.ShouldBe(wrong);
    }

    [Fact]
    public async Task A_form_from_elsewhere_signs_nobody_in()
    {
        using var client = server.Browser();
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("userName", "officer"), KeyValuePair.Create("password", "x")]);
        (await client.PostAsync("access/sign-in", content)).Headers.Location!.ToString().ShouldContain("access.form-stale");
    }

    [Theory]
    [InlineData("user%00Name=%FF%")]
    [InlineData("userName=officer&password=x&r=%C0%80")]
    [InlineData("=&=&=&&&%")]
    public async Task A_form_that_cannot_be_read_is_a_stale_one_and_no_fault(string form)
    {
        using var client = server.Browser();
        using var content = new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
        (await client.PostAsync("access/sign-in", content)).Headers.Location!.ToString().ShouldContain("access.form-stale");
        using var many = new StringContent(string.Concat(Enumerable.Repeat("a=1&", 2000)), System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
        (await client.PostAsync("access/sign-in", many)).Headers.Location!.ToString().ShouldContain("access.form-stale");
        using var longName = new StringContent(new string('a', 5000), System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
        (await client.PostAsync("access/sign-in", longName)).Headers.Location!.ToString().ShouldContain("access.form-stale");
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    public async Task The_way_back_never_leads_to_another_host(string target)
    {
        using var client = server.Browser();
        using var answer = await server.PostFormAsync(client, "access/sign-in", ("userName", NewName()), ("password", Password), ("return", target));
        answer.Headers.Location!.ToString().ShouldEndWith("return=%2F");
    }

    [Fact]
    public async Task Closing_an_account_ends_its_sessions_at_once()
    {
        string name = NewName();
        var (id, secret, _) = await JoinAsync(name, Role.Officer);
        var (client, _) = await PasswordAsync(name, Password);
        await CodeAsync(client, CodeNow(secret));
        (await client.GetAsync("api/v1/me")).EnsureSuccessStatusCode();
        (await server.RunAsync<CloseAccount, Refusal?>(a => a.RunAsync(new(id), server.ServerCaller, default))).ShouldBeNull();
        await (await client.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.not-signed-in");
        (await PasswordAsync(name, Password)).Location!.ShouldContain("access.sign-in-failed");
    }

    [Fact]
    public async Task A_changed_role_counts_from_the_next_request_on()
    {
        string name = NewName();
        var (id, secret, _) = await JoinAsync(name, Role.DataProtection);
        var (client, _) = await PasswordAsync(name, Password);
        await CodeAsync(client, CodeNow(secret));
        (await client.GetAsync("api/v1/journal")).EnsureSuccessStatusCode();
        (await server.RunAsync<ChangeRoles, Refusal?>(a => a.RunAsync(new(id, [Role.Officer]), server.ServerCaller, default))).ShouldBeNull();
        await (await client.GetAsync("api/v1/journal")).ShouldBeRefusedAsync(403, "access.forbidden");
        (await server.JournalAsync("person.roles-changed", id.ToString())).ShouldHaveSingleItem().Details!.ShouldContain("data-protection");
    }

    [Fact]
    public async Task Nobody_changes_the_own_roles_or_closes_the_own_account()
    {
        var (id, _, _) = await JoinAsync(NewName(), Role.Administrator);
        var own = server.ServerCaller with { Actor = new Actor(ActorKind.Person, id.ToString()) };
        (await server.RunAsync<ChangeRoles, Refusal?>(a => a.RunAsync(new(id, [Role.Officer]), own, default)))!.Code.ShouldBe("access.not-oneself");
        (await server.RunAsync<CloseAccount, Refusal?>(a => a.RunAsync(new(id), own, default)))!.Code.ShouldBe("access.not-oneself");
        await RefusedAsync(server.RunAsync<AskRecovery, Result<AskRecovery.Asked>>(a => a.RunAsync(new(id), own, default)), "access.not-oneself");
    }

    [Theory]
    [InlineData("ab", Role.Officer, null, "access.user-name")]
    [InlineData("with space", Role.Officer, null, "access.user-name")]
    [InlineData("имя", Role.Officer, null, "access.user-name")]
    [InlineData("good.name", Role.Officer, Role.Compliance, "access.roles-never-together")]
    [InlineData("good.name", Role.Administrator, Role.Analyst, "access.roles-never-together")]
    public async Task An_invitation_that_breaks_a_rule_is_refused(string name, Role role, Role? other, string code) =>
        await RefusedAsync(InviteAsync(name, other is null ? [role] : [role, other.Value]), code);

    [Fact]
    public async Task Two_people_never_have_the_same_name()
    {
        string name = NewName();
        await WonAsync(InviteAsync(name, Role.Officer));
        await RefusedAsync(InviteAsync(name.ToUpperInvariant(), Role.Officer), "access.user-name");
        await RefusedAsync(InviteAsync(NewName()), "access.role-missing");
    }

    [Fact]
    public async Task A_recovery_is_asked_by_one_and_agreed_to_by_another_and_its_link_gives_a_new_sign_in_once()
    {
        string name = NewName();
        var (id, _, _) = await JoinAsync(name, Role.Officer);
        var (second, _, _) = await JoinAsync(NewName(), Role.SecurityOfficer);
        var asked = await WonAsync(server.RunAsync<AskRecovery, Result<AskRecovery.Asked>>(a => a.RunAsync(new(id), server.ServerCaller, default)));
        asked.Link.ShouldBeNull("nothing changes before a second officer agrees");
        (await PasswordAsync(name, Password)).Location!.ShouldStartWith("/sign-in/second-step");
        Task<Result<AnswerRecovery.Answered>> AnswerAsync(Caller by, bool agreed = true) =>
            server.RunAsync<AnswerRecovery, Result<AnswerRecovery.Answered>>(a => a.RunAsync(new(id, agreed), by, default));
        await RefusedAsync(AnswerAsync(server.ServerCaller), "access.second-person");
        await RefusedAsync(AnswerAsync(server.ServerCaller with { Actor = new Actor(ActorKind.Person, id.ToString()) }), "access.not-oneself");
        await RefusedAsync(AnswerAsync(server.ServerCaller with { Actor = new Actor(ActorKind.Person, second.ToString()), Rights = RoleTable.RightsOf(Role.Administrator) }), "access.forbidden");
        var officer = server.ServerCaller with { Actor = new Actor(ActorKind.Person, second.ToString()) };
        (await WonAsync(AnswerAsync(officer, agreed: false))).Link.ShouldBeNull();
        await RefusedAsync(AnswerAsync(officer), "access.recovery-over");
        await WonAsync(server.RunAsync<AskRecovery, Result<AskRecovery.Asked>>(a => a.RunAsync(new(id), server.ServerCaller, default)));
        var reset = await WonAsync(AnswerAsync(officer));
        await RefusedAsync(AnswerAsync(officer), "access.recovery-over");
        (await PasswordAsync(name, Password)).Location!.ShouldContain("access.sign-in-failed");
        var (offered, secret) = Offer(server, name);
        Task<Result<TakeUpLink.Done>> TakeAsync(string code) => server.RunAsync<TakeUpLink, Result<TakeUpLink.Done>>(
            a => a.RunAsync(new(KeyOf(reset.Link!), LinkKind.Recovery, "another long password", offered, code), default));
        await RefusedAsync(TakeAsync("000 00"), "access.code-wrong");
        await WonAsync(TakeAsync(CodeNow(secret)));
        await RefusedAsync(TakeAsync(CodeNow(secret, 1)), "access.link-over");
        (await PasswordAsync(name, "another long password")).Location!.ShouldStartWith("/sign-in/second-step");
    }

    [Fact]
    public async Task Where_nobody_else_could_agree_an_administrator_recovers_alone_and_the_journal_says_so()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var person = new Person { Id = Guid.NewGuid(), UserName = "left.alone", DisplayName = "Left Alone", InvitedAt = DateTimeOffset.UtcNow, JoinedAt = DateTimeOffset.UtcNow };
        await using (var db = await own.OpenDbAsync())
        {
            db.Add(person);
            await db.SaveChangesAsync();
        }

        var asked = await WonAsync(own.RunAsync<AskRecovery, Result<AskRecovery.Asked>>(a => a.RunAsync(new(person.Id), own.ServerCaller, default)));
        asked.Link.ShouldNotBeNull();
        (await own.JournalAsync("person.sign-in-reset")).ShouldHaveSingleItem().Details!.ShouldContain("\"alone\":true");
    }

    [Fact]
    public async Task A_changed_password_ends_the_sessions()
    {
        string name = NewName();
        var (id, secret, _) = await JoinAsync(name, Role.Officer);
        var (client, _) = await PasswordAsync(name, Password);
        await CodeAsync(client, CodeNow(secret));
        var own = server.ServerCaller with { Actor = new Actor(ActorKind.Person, id.ToString()) };
        Task<Refusal?> ChangeAsync(string old, string next) => server.RunAsync<ChangeOwnPassword, Refusal?>(a => a.RunAsync(new(old, next, "net"), own, default));
        (await ChangeAsync("not the old one", "a new sentence here"))!.Code.ShouldBe("access.old-password-wrong");
        (await ChangeAsync(Password, "short"))!.Code.ShouldBe("access.password-too-short");
        (await ChangeAsync(Password, "a new sentence here")).ShouldBeNull();
        await (await client.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.not-signed-in");
    }

    [Fact]
    public async Task A_new_server_is_set_up_once_through_its_link()
    {
        await using var own = await AmanaServer.StartNewAsync(empty: true);
        string first = await own.RunAsync<OneTimeLinks, string>(l => l.NewSetUpLinkAsync(default));
        string link = await own.RunAsync<OneTimeLinks, string>(l => l.NewSetUpLinkAsync(default));
        var (offered, secret) = Offer(own, "admin.one");
        Task<Result<SetUpServer.Done>> SetUpAsync(string key, string bureau = "QST", string password = Password, InstanceKind kind = InstanceKind.Trial) =>
            own.RunAsync<SetUpServer, Result<SetUpServer.Done>>(a => a.RunAsync(
                new(key, bureau, "Bureau of Testland", "مكتب", kind, "admin.one", "A. Specimen", password, offered, CodeNow(secret)), default));
        await RefusedAsync(SetUpAsync(KeyOf(first)), "access.link-over");
        await RefusedAsync(SetUpAsync("guessed-guessed-guessed-guessed"), "access.link-over");
        await RefusedAsync(SetUpAsync(KeyOf(link), bureau: "q"), "access.bureau-code");
        await RefusedAsync(SetUpAsync(KeyOf(link), password: "password1234"), "access.password-common");
        await RefusedAsync(SetUpAsync(KeyOf(link), kind: InstanceKind.NotSetUp), "access.instance-kind");
        (await WonAsync(SetUpAsync(KeyOf(link)))).RecoveryCodes.Count.ShouldBe(10);
        await RefusedAsync(SetUpAsync(KeyOf(link)), "access.already-set-up");

        await own.RestartAsync();
        var instance = own.Services.GetRequiredService<Instance>();
        (instance.Bureau.Value, instance.Kind).ShouldBe(("QST", InstanceKind.Trial));
        (await own.JournalAsync("server.set-up")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Specimen_people_sign_in_by_password_on_a_training_instance_and_nowhere_else()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await own.RunAsync<SpecimenPeople, int>(async s => { await s.AddAsync(default); await s.AddAsync(default); return 0; });
        foreach (var (role, userName, _) in SpecimenPeople.All)
        {
            using var client = await own.SignInAsync(userName, SpecimenPeople.Password);
            var me = await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync();
            me.GetProperty("rights").GetArrayLength().ShouldBe(RoleTable.RightsOf(role).Count);
        }

        using var officer = await own.SignInAsync("officer", SpecimenPeople.Password);
        own.Services.GetRequiredService<Instance>().Become(Vocabulary.BureauCode.Of("QST"), "Test", InstanceKind.Service);
        await (await officer.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.not-signed-in");
        using var answer = await own.PostFormAsync(own.Browser(), "access/sign-in", ("userName", "officer"), ("password", SpecimenPeople.Password));
        answer.Headers.Location!.ToString().ShouldContain("access.sign-in-failed");
    }

    [Fact]
    public async Task A_session_changes_things_only_from_the_own_site()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await own.RunAsync<SpecimenPeople, int>(async s => { await s.AddAsync(default); return 0; });
        using var client = await own.SignInAsync("administrator", SpecimenPeople.Password);
        async Task<HttpResponseMessage> PostAsync(string site)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/tokens");
            request.Headers.Add("Sec-Fetch-Site", site);
            request.Content = new StringContent("{\"name\":\"x\",\"rights\":[\"import\"]}", System.Text.Encoding.UTF8, "application/json");
            return await client.SendAsync(request);
        }

        await (await PostAsync("cross-site")).ShouldBeRefusedAsync(403, "access.other-site");
        var made = await (await PostAsync("same-origin")).ShouldBeJsonAsync();
        using var machine = own.Anonymous();
        machine.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("token").GetString());
        (await machine.GetAsync("api/v1/me")).EnsureSuccessStatusCode();
        using var end = new HttpRequestMessage(HttpMethod.Delete, $"api/v1/tokens/{made.GetProperty("id").GetString()}");
        (await client.SendAsync(end)).EnsureSuccessStatusCode();
        await (await machine.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.token-ended");
        (await client.GetStringAsync("api/v1/tokens")).ShouldNotContain(made.GetProperty("token").GetString()!);
    }
}
