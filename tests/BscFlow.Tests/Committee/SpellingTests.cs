using BscFlow.Committee;

namespace BscFlow.Tests.Committee;

public sealed class SpellingTests
{
    [Fact]
    public void Names_stand_where_people_look_for_them_whatever_their_case_and_accents()
    {
        string[] names = ["Zoë Quinn", "émile Roux", "Eve Foss", "Emil Ray", "d'Arcy", "Daniel", "Emile Roux", "Ångström", "Ada"];

        Assert.Equal(
            ["Ada", "Ångström", "Daniel", "d'Arcy", "Emil Ray", "Emile Roux", "émile Roux", "Eve Foss", "Zoë Quinn"],
            names.Order(Spelling.Order));
    }
}
