"""What the people of the demo say in the round that is open."""

from .words import WORDS, Said, es, out

WORDS[4] = {
    "M1": {
        "parents": (
            out("My mother-in-law asked what I do on Saturdays. I said, I help run the state."),
            Said("Devon left and no one rang another dad. We said we would."),
            es(
                "Llegué por una vecina. Ahora soy yo quien invita.",
                "I came because of a neighbor. Now I am the one who invites.",
                outside=True,
            ),
        ),
        "providers": (
            Said("I am new. Ruth called me before and after my first meeting. That is a welcome."),
            Said("Still no one who keeps babies in a holler. We go up there for photos."),
            es("Antes éramos una. Hoy somos dos y hay intérprete.", "We used to be one. Now we are two, and there is an interpreter."),
        ),
        "others": (
            Said("Every chair on our list was filled on purpose but two. We can name the two."),
            Said("A plant manager and a night-shift mom share a table. I did not think I would see it."),
            es("La lista de quién falta está en la pared. Eso ayuda.", "The list of who is missing is on the wall. That helps."),
        ),
    },
    "M2": {
        "parents": (
            Said("At the Capitol a man from an agency said, that is not your lane. Nobody from our table spoke up."),
            Said("I will say it here because there is no name on it. I am still afraid of losing my slot."),
            es(
                "Cuando Helen no está, hablamos. Cuando está, esperamos.",
                "When Helen is away, we talk. When she is here, we wait.",
            ),
            out("I disagreed with the funder in front of all of you. She came and sat with me at lunch."),
        ),
        "providers": (
            Said("My license is up in March. So no, I do not say all of it."),
            out("We made a rule about speaking up. We have no rule about what happens to you after."),
        ),
        "others": (
            Said("I should have spoken up in that hallway. I keep thinking about it."),
            Said("Our talks are harder than last year, and people come back. I call that trust."),
            Said("I can say what I think. I am not sure that is true for everyone I sit with."),
        ),
    },
    "M3": {
        "parents": (
            out("Ask any of us for the three goals. Try it in the parking lot."),
            es("El acuerdo está en español y lo tengo en mi cocina.", "The agreement is in Spanish and I keep it in my kitchen."),
        ),
        "providers": (Said("I knew what to say when the paper called me, since we had agreed on it."),),
        "others": (
            Said("We said no to easy money because of our list. That was the test."),
            Said("New people learn the goals the first night. I did."),
        ),
    },
    "M4": {
        "parents": (
            Said("They pay on the day now. I can buy gas to get home."),
            out("I lost food help over a stipend. Please warn the next mom before she signs."),
            es("Hay quien cuide a mis niños mientras hablo. Por eso puedo pensar.", "Someone watches my kids while I talk. So I can think."),
        ),
        "providers": (
            Said("Seventy-five dollars does not buy me a substitute. I come at a loss."),
            Said("I come since it matters. That is not a plan."),
            es("Nos prometieron intérprete siempre. Faltó dos veces.", "They promised an interpreter every time. Two times there was none."),
        ),
        "others": (
            Said("If our main grant ends we have nine weeks. I did the math last night."),
            Said("We pay for people to come. We do not pay for people to lead."),
            Said("The plant can give a room and a van. Nobody had asked."),
        ),
    },
    "M5": {
        "parents": (
            out("I asked for the budget in May. I saw it in September, with the ink dry."),
            es(
                "Nos sientan al frente para la foto. Decidir es otra cosa.",
                "They seat us in front for the photo. To decide is another thing.",
                outside=True,
            ),
            Said("I run a work group now. But I have to ask staff before I can send a letter."),
            Said("We are not there yet. But I am not leaving, so get used to me."),
        ),
        "providers": (
            Said("We moved the date, the place and the food. We have not moved one dollar."),
            out("This year we wrote the first goal ourselves, word for word. That counts."),
            es("Yo decido en mi casa con ocho niños. Aquí todavía pido permiso.", "At home with eight children I decide. Here I still ask permission."),
        ),
        "others": (
            Said("Parents and providers wrote our first goal. We took it as it was."),
            Said("They have the votes to stop anything. They have used that once."),
            out("I like to think I follow them. My calendar says they follow me."),
            Said("Some choices are mine by law. We should list those out loud."),
        ),
    },
    "M6": {
        "parents": (Said("The governor said our number on TV. The very number from our list."),),
        "providers": (Said("A promise is not a check. I have eleven families who wait for a check."),),
        "others": (
            Said("It passed the House. It sits in the Senate."),
            es("Ya saben nuestros nombres en el Capitolio.", "They know our names at the Capitol now."),
        ),
    },
    "M7": {
        "parents": (
            Said("I got a place after nineteen months. My boy starts on Monday."),
            Said("I do not want to guess for other families. Ask them."),
        ),
        "providers": (Said("Two homes near me closed this summer. Who counts those?"),),
        "others": (Said("I would like to say yes. I have one county and a good feeling."),),
    },
}  # fmt: skip

__all__ = ["WORDS", "Said"]
