using System.Net;
using System.Text.RegularExpressions;
using Amana.Server.Access;

namespace Amana.Server.Tests.Web;

/// <summary>A browser without script: it keeps cookies, asks for pages in English and posts forms with their token.</summary>
internal sealed partial class BrowserSession : IDisposable
{
    private readonly HttpClient _client;

    private BrowserSession(Uri address)
    {
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    /// <summary>Signs a specimen person in as the form does.</summary>
    public static async Task<BrowserSession> SignInAsync(Uri address, string userName)
    {
        var browser = new BrowserSession(address);
        string token = Token().Match(await browser.PageAsync("/sign-in")).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["userName"] = userName, ["password"] = SpecimenPeople.Password, ["return"] = "/", ["__RequestVerificationToken"] = token,
        });
        using var response = await browser._client.PostAsync("/access/sign-in", form);
        response.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/");
        return browser;
    }

    public async Task<string> PageAsync(string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await _client.GetAsync(address);
        response.StatusCode.ShouldBe(expected, address);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Posts one of a page's forms, named by its handler, and follows to the page that answers.</summary>
    public async Task<string> PostAsync(string address, string handler, params (string Name, string Value)[] fields)
    {
        var (status, answer) = await SendAsync(address, handler, fields);
        ((int)status).ShouldBeInRange(200, 299, $"{address} answered {status}");
        return answer;
    }

    /// <summary>As <see cref="PostAsync"/>, for what is refused: the page that says why.</summary>
    public async Task<string> RefusedAsync(string address, string handler, HttpStatusCode expected, params (string Name, string Value)[] fields)
    {
        var (status, answer) = await SendAsync(address, handler, fields);
        status.ShouldBe(expected, address);
        return answer;
    }

    /// <summary>Posts a form with a file in it.</summary>
    public async Task<(HttpStatusCode Status, string Page)> PostFileAsync(string address, string handler, string field, byte[] file, params (string Name, string Value)[] fields)
    {
        string page = await PageAsync(address);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("_handler", handler)).Append(("__RequestVerificationToken", Token().Match(page).Groups["token"].Value))) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(file), field, "photograph");
        using var response = await _client.PostAsync(address, form);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode, string)> SendAsync(string address, string handler, (string Name, string Value)[] fields)
    {
        string page = await PageAsync(address);
        page.ShouldContain($"name=\"_handler\" value=\"{handler}\"", customMessage: address);
        using var form = new FormUrlEncodedContent(fields.Append(("_handler", handler)).Append(("__RequestVerificationToken", Token().Match(page).Groups["token"].Value))
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var response = await _client.PostAsync(address, form);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Token();
}
