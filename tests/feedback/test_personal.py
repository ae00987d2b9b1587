import time

import pytest

from feedback.personal import looks_personal

HITS = [
    "Call me at 502-555-0142",
    "My number is (502) 555 0142.",
    "text 5025550142 any day",
    "rosa.m@example.org",
    "We live at 114 W. Maple Grove Rd near the school",
    "It is at 22 Oak Street",
    "My name is Rosa",
    "The teacher, Maria Lopez, was kind to us",
    "Ask Mrs. Johnson about it",
    "I told ms Tate twice",
    "My daughter is 4 and has no place",
    "my youngest son turns three in May",
    "My 3-year-old cannot go there",
    "Our son has autism and nobody takes him",
    "He is called Tyler",
    "born 3/14/2023",
    "Me llamo rosa",
    "Llámeme al 502 555 0142",
    "Vivo en la calle Morelos 12",
    "La señora Gómez nos ayudó",
    "Mi hija tiene 4 años y está en lista de espera",
    "Mi hijo tiene autismo",
    "Mi niña se llama Lucía",
    "我叫李明",
    "请打电话 502 555 0142",
    "我的儿子今年4岁",
    "王女士帮了我们",
    "Tôi tên là Lan",
    "Con gái tôi 4 tuổi",
    "Tôi ở đường Lê Lợi",
    "Mwen rele Jozèf",
    "Pitit mwen gen kat an",
    "Madanm Pierre te ede nou",
    "اسمي سعاد",
    "اتصلوا بي ٥٠٢٥٥٥٠١٤٢",
    "ابنتي عمرها أربع سنوات",
    "أسكن في شارع النيل",
]
EVERYDAY = [
    "",
    "My daughter loves her teacher",
    "We pay 900 a month",
    "We pay $1,200 a month for two kids",
    "It costs 1200 to 1500 dollars, so I quit",
    "I make 15.50 an hour and pay 12.00 of it",
    "Open from 6:30 to 18:00, Monday to Friday",
    "From 2019 to 2024 nothing changed",
    "The bus takes 45 minutes. I have 2 children and 2 jobs.",
    "My son is on 3 waiting lists",
    "My child is 2 hours alone each day because of my shift",
    "Our Head Start center closed in New York last May",
    "I called the Department of Human Services 5 times",
    "More places. Longer hours. Lower cost.",
    "They closed. We need HELP now!",
    "I WANT MORE HOURS AND LOWER COST",
    "The drive is long and the way home is dark",
    "I have been a provider for 20 years and I am tired",
    "We are 12 families on one street",
    "Mi hija está en lista de espera",
    "Mi hijo quiere mucho a su maestra",
    "Pagamos 900 al mes por el cuidado",
    "Más lugares cerca de mi trabajo",
    "Tengo dos hijos y dos trabajos",
    "La calle está oscura por la noche",
    "Hace falta un lugar que abra los sábados. Gracias.",
    "Trabajo de 6 a 2 y no hay quien los cuide",
    "我们每个月付900美元",
    "我的女儿很喜欢老师",
    "希望开门时间长一点，星期六也开",
    "Con tôi thích cô giáo",
    "Chúng tôi trả 900 đô một tháng",
    "Cần thêm chỗ gần nhà",
    "Pitit mwen renmen lekòl la",
    "Nou peye 900 chak mwa",
    "Nou bezwen plis plas ak plis èdtan",
    "ابنتي تحب معلمتها",
    "ندفع 900 في الشهر",
    "نحتاج إلى ساعات أطول",
]


@pytest.mark.parametrize("text", HITS)
def test_it_asks_about(text):
    assert looks_personal(text)


@pytest.mark.parametrize("text", EVERYDAY)
def test_it_does_not_bother_people_about(text):
    assert not looks_personal(text)


@pytest.mark.parametrize(
    "text", ["x" * 1000, "9 " * 500, "my son " * 140, "A" * 1000, "Aa " * 333, "字" * 1000, "12 a a " * 140]
)
def test_it_is_never_slow(text):
    began = time.process_time()
    looks_personal(text)
    assert time.process_time() - began < 0.1
