using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>Says to a program what is wrong with its request.</summary>
internal static class Invalid
{
    /// <summary>400, with the field of the request that cannot be read or may not be so.</summary>
    public static ValidationProblem Field(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });
}
