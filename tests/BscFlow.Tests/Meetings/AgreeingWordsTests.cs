using BscFlow.Meetings;

namespace BscFlow.Tests.Meetings;

/// <summary>Whoever only agrees with minutes holds nothing up, in whatever language; whoever says more does.</summary>
public sealed class AgreeingWordsTests
{
    [Theory]
    [InlineData("Looks good, thanks!")]
    [InlineData("Einverstanden.")]
    [InlineData("Passt so, danke!\n\nViele Grüße\nMia")]
    [InlineData("D'accord, merci")]
    [InlineData("Ça me va.\nCordialement,\nMia Berg")]
    [InlineData("Je suis d’accord.")]
    [InlineData("De acuerdo, gracias.\nSaludos")]
    [InlineData("Concordo.\nAbraço")]
    [InlineData("Va bene, grazie")]
    [InlineData("Akkoord.\nGroeten,\nMia")]
    [InlineData("Zgoda")]
    public void Who_only_agrees_does_not_object(string written) => Assert.True(AgreeingWords.Are(written, "Mia Berg"));

    [Theory]
    [InlineData("Einverstanden, aber das Datum ist falsch.")]
    [InlineData("Nicht einverstanden.")]
    [InlineData("Pas d'accord.")]
    [InlineData("D'accord\nmais il manque une décision")]
    [InlineData("No estoy de acuerdo")]
    [InlineData("Danke für nichts")]
    [InlineData("")]
    public void Who_says_more_may_object(string written) => Assert.False(AgreeingWords.Are(written, "Mia Berg"));
}
