"""What the people of the demo say in their own words, round by round. Every word is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """Spanish words come with their author's own translation, shown below them."""

    text: str
    language: str = "en"
    translation: str = ""
    outside: bool = False


def out(text: str) -> Said:
    """May be quoted outside the table."""
    return Said(text, outside=True)


def es(text: str, translation: str = "", *, outside: bool = False) -> Said:
    return Said(text, "es", translation, outside)


Words = dict[int, dict[str, dict[str, tuple[Said, ...]]]]

WORDS: Words = {
    1: {
        "M1": {
            "parents": (Said("I came because Bernice drove me. I still do not know who picks us."),),
            "providers": (Said("Three of us keep kids at home. That is new for a table like this."),),
            "others": (Said("We know who is missing. We have not called them."),),
        },
        "M2": {
            "parents": (
                Said("When the deputy is in the room I look at my shoes."),
                es(
                    "Entiendo más de lo que hablo. Por eso me quedo callada.",
                    "I understand more than I can say. So I stay quiet.",
                ),
            ),
            "providers": (Said("The person who inspects my home sits across from me. You do the math."),),
            "others": (Said("We set ground rules in March. Nobody has needed them yet."),),
        },
        "M4": {
            "parents": (out("I paid a sitter eleven dollars an hour to come talk about child care."),),
            "providers": (
                Said("I close early to be here. Nobody pays me for that."),
                Said("Gas from Hyden and back is forty dollars."),
            ),
            "others": (
                Said("My salary pays for my seat. Theirs does not."),
                Said("We have one grant, and it ends in June."),
                Said("There is money for a report. There is none for lunch."),
            ),
        },
        "M5": {
            "parents": (Said("We got the plan in the mail. It was already printed."),),
            "others": (Said("We asked forty parents before we wrote the plan."),),
        },
    },
    2: {
        "M1": {
            "parents": (out("I was asked by another mom, not by an office. That is why I said yes."),),
            "others": (Said("Half of us are new, and that is on purpose."),),
        },
        "M2": {
            "parents": (
                Said("I say it in the parking lot. Then somebody braver says it inside."),
                es(
                    "Si digo que no entiendo, me miran con lástima. Mejor asiento.",
                    "If I say I do not follow, they look at me with pity. So I nod.",
                    outside=True,
                ),
            ),
            "providers": (
                Said("Licensing told us we could be honest. I will believe it after my next visit."),
                es(
                    "Me da miedo que mi queja llegue a la inspección.",
                    "I fear my complaint will reach the inspector.",
                ),
            ),
            "others": (
                Said("Two parents corrected me last month. I went home and changed the memo."),
                Said("The check-in at the start helps. People laugh now."),
                out("I hear more in the break than in the meeting. That should worry us."),
            ),
        },
        "M3": {
            "parents": (
                Said("I can name our three goals. I had them on the fridge."),
                Said("The goals are good. My part in them is not clear to me."),
            ),
            "providers": (Said("Pay for providers came first on the list. I cried in my car."),),
            "others": (Said("We wrote one page and we all signed it."), Said("We still speak with five voices.")),
        },
        "M5": {
            "parents": (
                out("They asked us about the hours. Then they kept the hours."),
                es(
                    "Yo voto, pero no sé leer el presupuesto. Nadie se sienta conmigo.",
                    "I vote, but I cannot read the budget. Nobody sits down with me.",
                ),
                Said("I would pick a smaller plan that is ours."),
            ),
            "providers": (
                Said("Who wrote the agenda? Not one of us, not once."),
                es(
                    "Nos invitan a opinar cuando ya está firmado.",
                    "They ask what we think when it is already signed.",
                    outside=True,
                ),
            ),
            "others": (
                Said("Parents hold eight votes now. We counted on purpose."),
                Said("The state will not let me hand over the budget. I can hand over the draft."),
                out("If they had said no to the pilot, we would have stopped. I think."),
            ),
        },
        "M6": {
            "parents": (Said("A senator held my baby. She has not called back."),),
            "others": (Said("The bill has a number. That took us two years."),),
        },
    },
    3: {
        "M1": {
            "parents": (
                out("There are two of us from my street now. I am not the only one any more."),
                Said("We asked the night-shift moms and we moved the meeting. Then they came."),
                es(
                    "Por primera vez hay otra persona que habla como yo.",
                    "For the first time there is someone else who talks like me.",
                    outside=True,
                ),
            ),
            "providers": (
                Said("We picked Patrice's chair on purpose: babies, and a night shift."),
                Said("Nobody from the mountains since Wanda left. I miss her."),
                es("Me llamaron por mi nombre y me guardaron la silla.", "They called me by name and kept my chair."),
            ),
            "others": (
                Said("We keep a list of who is here, who is missing, and why. We read it out loud."),
                Said("When Bernice left, we asked who should be next before we asked who was free."),
                Said("Business has one chair. It could use two."),
            ),
        },
        "M2": {
            "parents": (
                out("I told the director her form shamed me. She thanked me and changed it."),
                Said("I can say hard things to Dana. I cannot say them to the man who signs my renewal."),
                es(
                    "Ya hablo. Todavía me tiembla la voz.",
                    "I speak now. My voice still shakes.",
                    outside=True,
                ),
            ),
            "providers": (
                Said("I disagreed with licensing out loud and my visit went fine. One time is not a rule."),
                Said("We are polite. Polite is not the same as safe."),
            ),
            "others": (
                Said("A mom told me I was wrong about hours. She was right, and we are still friends."),
                Said("I have not seen anyone pay for speaking. But would I see it?"),
                Said("Agency staff go quiet too. We have bosses."),
            ),
        },
        "M4": {
            "parents": (
                out("The stipend pays my sister to watch the boys. That is how I can be here."),
                Said("They pay me, then my food help went down. Somebody should have told me."),
                es("Me pagan el viaje tres semanas tarde.", "They pay for my trip three weeks late."),
            ),
            "providers": (
                Said("A sub costs me one hundred and ten dollars. The stipend is seventy-five."),
                Said("If River Bend leaves, the lights go off."),
                Said("Dinner and child care at the meeting changed everything for my staff."),
            ),
            "others": (
                Said("One funder pays for two thirds of this. I lose sleep over it."),
                Said("The county said yes to space. It is not money, but it is something."),
                Said("We pay parents from a grant that ends in fourteen months."),
            ),
        },
        "M5": {
            "parents": (
                out("We vote, but the budget is already done when we see it."),
                es(
                    "Nos preguntan mucho. Nunca nos dicen qué pasó después.",
                    "They ask us a lot. They never tell us what happened next.",
                    outside=True,
                ),
                Said("The stipend made it possible for me to stay. Thank you for that."),
            ),
            "providers": (
                Said("I have been a guest in my own field for twenty-two years."),
                es("Cambiaron la hora por nosotras. Eso sí lo decidimos.", "They changed the time for us. That one we did decide."),
            ),
            "others": (
                Said("Over half of the votes are held by parents and providers. That is real power."),
                out("They co-chair two of our four work groups now."),
                Said("I wrote the budget alone again. I told myself it was faster."),
            ),
        },
        "M6": {
            "parents": (Said("I spoke for two minutes at the Capitol. My son was on my hip the whole time."),),
            "providers": (Said("They used our words in the hearing. Nobody said they were ours."),),
            "others": (Said("The chair of the committee said yes in public. The money is not in the bill."),),
        },
        "M7": {
            "parents": (
                Said("The list moved and my neighbor got a place. I am still number 61."),
                es("No sé. En mi calle nada ha cambiado.", "I do not know. On my street nothing has changed."),
            ),
            "providers": (Said("I got the new rate. I kept my helper because of it."),),
            "others": (Said("The wait list fell by a third in one county. We should look at the others."),),
        },
    },
}  # fmt: skip
