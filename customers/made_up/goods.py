"""What the shops sell: coffee, and what goes with it."""

from dataclasses import dataclass
from decimal import Decimal

from loyalty_site.made_up.dice import Dice


@dataclass(frozen=True)
class Article:
    sku: str
    name: str
    maker: str
    category: str
    price: Decimal
    weight: int  # how often it is bought, among all


def _article(line: str) -> Article:
    sku, name, maker, category, price, weight = line.split("|")
    return Article(sku, name, maker, category, Decimal(price), int(weight))


ARTICLES = [
    _article(line)
    for line in """
ESP-250|Espresso beans, 250 g|Rösterei Nord|Coffee|8.90|14
ESP-1000|Espresso beans, 1 kg|Rösterei Nord|Coffee|29.90|9
FIL-250|Filter coffee, 250 g|Rösterei Nord|Coffee|7.50|12
DEC-250|Decaffeinated, 250 g|Rösterei Nord|Coffee|9.20|5
ETH-250|Ethiopia Yirgacheffe, 250 g|Kawiarnia Pod Lipą|Coffee|13.40|6
CAPS-50|Capsules, 50 pieces|Rösterei Nord|Coffee|16.90|8
TEA-GRN|Green tea, 100 g|Herbata i Spółka|Tea|6.40|7
TEA-BLK|Black tea, 100 g|Herbata i Spółka|Tea|5.90|7
TEA-FRT|Fruit tea, 20 bags|Herbata i Spółka|Tea|4.20|6
MUG-BLU|Mug, blue glaze|Bolesławiec|Tableware|11.00|4
CUP-SET|Espresso cups, set of four|Bolesławiec|Tableware|34.00|2
POT-FR|French press, 1 l|Caffettiera|Equipment|27.50|2
MOKA-3|Moka pot, 3 cups|Caffettiera|Equipment|31.90|2
GRIND|Hand grinder|Młynek|Equipment|89.00|1
MACH|Espresso machine|Caffettiera|Equipment|389.00|0
FILT-100|Paper filters, 100 pieces|Filtro|Equipment|3.80|8
CHOC-70|Dark chocolate, 70%|Słodka Chata|Sweets|3.20|10
COOK-B|Butter biscuits|Słodka Chata|Sweets|4.50|9
CAKE|Cheesecake, one slice|Own bakery|Fresh|4.90|9
CROI|Croissant|Own bakery|Fresh|2.60|12
LATTE|Caffè latte|Own bar|Fresh|4.10|16
CAPP|Cappuccino|Own bar|Fresh|3.80|15
MILK-O|Oat milk, 1 l|Owies|Grocery|2.40|8
GIFT|Gift box|Rösterei Nord|Gifts|24.90|3
""".strip().splitlines()
]
WEIGHTS = {article: article.weight or 0.3 for article in ARTICLES}
LINES = {1: 5, 2: 6, 3: 4, 4: 2, 6: 1}
QUANTITIES = {1: 12, 2: 3, 3: 1}


def basket(dice: Dice) -> list[tuple[Article, int]]:
    """What one sale is of: each article once, and how many of it."""
    picked = {dice.weighted(WEIGHTS) for _ in range(dice.weighted(LINES))}
    return [(article, dice.weighted(QUANTITIES)) for article in sorted(picked, key=lambda article: article.sku)]
