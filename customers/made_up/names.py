"""What people are called, and where they live: a dozen languages, as in any shop of a larger town."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Homeland:
    """Names of one language, and places. A name in other letters says behind a slash how it is typed in an e-mail."""

    share: int  # so many of a hundred customers
    women: str
    men: str
    families: str
    places: str  # city:province:beginning of the postal code
    streets: str
    country: str
    phone: str  # how its mobile numbers begin
    mail: str  # what an e-mail address ends with
    daughters: tuple[str, str] = ("", "")  # how a family name that ends with the first ends for women


HOMELANDS = [
    Homeland(
        44,
        "Anna Katarzyna Małgorzata Agnieszka Zofia Julia Hanna Łucja Barbara Ewelina Żaneta Magdalena Karolina Iga",
        "Piotr Paweł Krzysztof Tomasz Łukasz Michał Stanisław Jakub Szymon Wojciech Grzegorz Mateusz Bartosz",
        "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Mazur "
        "Jankowski Kwiatkowski Krawczyk Piotrowski Grabowski Pawłowski Michalski Król Wieczorek Wróbel Jabłoński",
        "Wrocław:Dolnośląskie:50 Warszawa:Mazowieckie:00 Kraków:Małopolskie:30 Gdańsk:Pomorskie:80 Łódź:Łódzkie:90 "
        "Poznań:Wielkopolskie:60 Lublin:Lubelskie:20 Toruń:Kujawsko-Pomorskie:87",
        "Długa Krótka Lipowa Ogrodowa Polna Słoneczna Kwiatowa Świdnicka Piękna Mostowa Szkolna Zielona",
        "PL",
        "+4850",
        "example.com",
        ("ski", "ska"),
    ),
    Homeland(
        14,
        "Lena Hannah Käthe Annika Jördis Marlene Frieda Leonie Sabine Heike",
        "Jürgen Lukas Felix Jonas Björn Matthias Günther Moritz Till Florian",
        "Müller Schmidt Schneider Fischer Weber Becker Schäfer Köhler Krüger Vogel Günther Weiß Bergmann Lorenz",
        "Berlin:Berlin:10 Leipzig:Sachsen:04 Dresden:Sachsen:01 Görlitz:Sachsen:02",
        "Lindenstraße Bahnhofstraße Gartenweg Schillerstraße Marktgasse",
        "DE",
        "+4915",
        "example.net",
    ),
    Homeland(
        12,
        "Олена/olena Наталія/natalia Оксана/oksana Ірина/iryna Марія/maria Софія/sofia Дарина/daryna",
        "Олександр/oleksandr Андрій/andrii Дмитро/dmytro Іван/ivan Тарас/taras Юрій/yurii Богдан/bohdan",
        "Шевченко/shevchenko Коваленко/kovalenko Бондаренко/bondarenko Ткаченко/tkachenko Мельник/melnyk "
        "Кравчук/kravchuk Савченко/savchenko Гриценко/hrytsenko",
        "Wrocław:Dolnośląskie:50 Kraków:Małopolskie:31",
        "Legnicka Grabiszyńska Powstańców Krakowska",
        "PL",
        "+4857",
        "example.com",
    ),
    Homeland(
        8,
        "Tereza Eliška Kateřina Adéla Veronika Ludmila",
        "Jiří Ondřej Tomáš Vojtěch Matěj Zdeněk",
        "Novák Svoboda Dvořák Černý Procházka Kučera Veselý Horák",
        "Praha:Praha:110 Brno:Jihomoravský:602 Ostrava:Moravskoslezský:702",
        "Dlouhá Nádražní Zahradní Husova",
        "CZ",
        "+42060",
        "example.org",
        ("ý", "á"),
    ),
    Homeland(
        5,
        "Camille Chloé Inès Élodie Anaïs Manon",
        "Théo Gaël François Rémi Jérôme Étienne",
        "Dubois Lefèvre Moreau Garnier Besson Chevalier Noël",
        "Lyon:Rhône:69 Strasbourg:Bas-Rhin:67",
        "Lilas Saint-Jean Victor-Hugo",
        "FR",
        "+3360",
        "example.org",
    ),
    Homeland(
        5,
        "Lucía Carmen Inés Begoña Sofía",
        "Álvaro Iñaki Javier Andrés Jesús",
        "García Muñoz Núñez Ibáñez Peña Castaño",
        "Barcelona:Cataluña:080 Sevilla:Andalucía:410",
        "Mayor Ancha Alameda Serrano",
        "ES",
        "+3461",
        "example.com",
    ),
    Homeland(
        4,
        "Nguyệt Thảo Lan Hương Mai",
        "Minh Tuấn Dũng Hải Đức",
        "Nguyễn Trần Phạm Hoàng Đặng",
        "Warszawa:Mazowieckie:02 Wrocław:Dolnośląskie:51",
        "Bakalarska Krakowska Marywilska",
        "PL",
        "+4853",
        "example.com",
    ),
    Homeland(
        3,
        "Elif Ayşe Gül Zeynep",
        "Mehmet Emre Çağrı Barış",
        "Yılmaz Öztürk Şahin Doğan",
        "Berlin:Berlin:12 Leipzig:Sachsen:04",
        "Sonnenallee Karl-Marx-Straße",
        "DE",
        "+4917",
        "example.net",
    ),
    Homeland(
        2,
        "Ελένη/eleni Μαρία/maria Κατερίνα/katerina",
        "Γιώργος/giorgos Νίκος/nikos Δημήτρης/dimitris",
        "Παππάς/pappas Νικολάου/nikolaou Γεωργίου/georgiou",
        "Zgorzelec:Dolnośląskie:59 Wrocław:Dolnośląskie:52",
        "Pułaskiego Grecka",
        "PL",
        "+4866",
        "example.com",
    ),
    Homeland(
        2,
        "さくら/sakura 陽子/yoko 美咲/misaki",
        "健太/kenta 翔/sho 大輔/daisuke",
        "佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka",
        "Wrocław:Dolnośląskie:53 Warszawa:Mazowieckie:01",
        "Strzegomska Inflancka",
        "PL",
        "+4869",
        "example.org",
    ),
    Homeland(
        1,
        "Adaeze Chiamaka Ngozi",
        "Chukwuemeka Olúṣẹ́gun Tunde",
        "Okafor Adébáyọ̀ Nwosu",
        "Warszawa:Mazowieckie:03",
        "Grochowska Targowa",
        "PL",
        "+4872",
        "example.net",
    ),
]
