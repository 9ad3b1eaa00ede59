"""Names of cars that people use: makes, models, trims and nicknames, whether in stock or not."""

import re

_MAKES = re.findall(
    r"\S+",
    """
    acura alfa-romeo/alfa aston-martin audi bentley bmw/beemer/bimmer buick byd cadillac/caddy chevrolet/chevy
    chrysler citroen cupra dacia daewoo dodge ferrari fiat ford genesis geo gmc honda hummer hyundai infiniti
    isuzu jaguar/jag jeep kia lamborghini land-rover lexus lincoln lotus lucid maserati mazda mclaren
    mercedes-benz/mercedes/benz/merc mercury mini mitsubishi nissan oldsmobile opel peugeot plymouth polestar
    pontiac porsche ram renault rivian rolls-royce saab saturn scion seat skoda smart subaru/subie suzuki
    tesla toyota vauxhall volkswagen/vw volvo
    """,
)
MAKES = {name: names.split("/")[0] for names in _MAKES for name in names.split("/")}
COMMON_WORD_MAKES = frozenset(
    re.findall(
        r"\S+",
        """
    genesis geo lincoln lotus merc mercury mini ram saturn seat smart
    """,
    )
)
MODELS = frozenset(
    re.findall(
        r"\S+",
        """
    320i 328i 330i 335i 350z 370z 4runner 528i 530i 535i a-class a3 a4 a5 a6 a8 acadia accent accord altima
    armada arteon ascent astra atlas ats avalon avenger aviator beetle blazer bolt boxster bronco brz c-class
    c-hr c-max c300 caddy cadenza camaro camry canyon caravan carnival cayenne cayman celica challenger
    charger cherokee civic cla clio clubman cobalt colorado compass cooper corolla corsa corsair corvette
    countryman cr-v crosstrek crown crown-victoria cruze ct5 cts cx-3 cx-30 cx-5 cx-50 cx-7 cx-9 cx-90
    cybertruck dart defender discovery durango e-class e-tron e350 eclipse ecosport edge elantra element
    enclave encore equinox es300 es350 escalade escape ev6 ev9 evoque expedition explorer express f-150 f-250
    f-350 f-pace f150 fabia fiesta fit flex focus forester forte freelander frontier fusion g35 g37 g6 galant
    genesis gla gladiator glc gle glk gls golf golf-r gr86 grand-caravan grand-cherokee grand-prix gs350 gt-r
    gti gx460 gx470 hhr highlander hr-v i3 i4 ibiza id.4 ilx impala impreza insight insignia integra ion ioniq
    is250 is350 ix jetta journey juke k5 kicks kona kuga lacrosse lancer land-cruiser leaf legacy leon liberty
    ls430 lx470 lx570 m3 m5 macan malibu matrix maverick maxima mazda3 mazda6 mdx megane miata micra mirage
    mirai mkx mkz ml350 model-3 model-s model-x model-y mondeo murano mustang mx-5 navigator neon niro nx300
    octavia odyssey optima outback outlander pacifica palisade panamera panda passat passport pathfinder
    patriot pilot polo prelude prius prologue puma q3 q5 q50 q7 q8 qashqai quest qx4 qx60 qx80 r8 ram-1500
    ram-2500 ram-3500 range-rover ranger rav4 rdx regal renegade ridgeline rio rogue rsx rx330 rx350 s-class
    s2000 s4 s60 s80 s90 santa-fe sebring seltos sentra sequoia sienna sierra silverado solara sonata sonic
    sorento soul spark sportage sprinter srx stinger stratus suburban superb supra tacoma tahoe taos taurus
    taycan tc telluride terrain thunderbird tiguan titan tl tlx touareg touran town-and-country town-car
    trailblazer transit traverse trax tsx tt tucson tundra up v60 v70 veloster venue venza versa volt vue
    wagoneer wrangler wrx x1 x3 x5 x7 xb xc40 xc60 xc90 xf xj xt4 xt5 xterra yaris yukon z4
    """,
    )
)
COMMON_WORD_MODELS = frozenset(
    re.findall(
        r"\S+",
        """
    accent accord ascent atlas avenger aviator beetle blazer bolt caddy canyon caravan carnival challenger
    charger colorado compass cooper crown dart defender discovery eclipse edge element enclave encore escape
    explorer express fit flex focus forte frontier fusion genesis golf i3 i4 insight ion is ix journey kicks
    leaf legacy leon liberty matrix maverick mirage neon optima panda passport patriot pilot polo prologue
    puma quest ranger regal renegade rio rogue sequoia sierra smart sonic soul spark stinger superb tc terrain
    titan transit traverse tt up venture venue volt vue x1 xb
    """,
    )
)
TRIMS = frozenset(
    re.findall(
        r"\S+",
        """
    1500 2500 3500 4matic a-spec advance altitude amg autobiography base big-horn black-edition business
    calligraphy comfortline denali dx ecoboost elegance elite essence ex ex-l executive exl f-sport golf-r gt
    gtd gte gti hellcat high-altitude high-country highline hse hybrid king-ranch komfort l laramie laredo
    lariat latitude le life lightning limited longhorn longitude ls lt ltz luxury lx m-sport mach-1 midnight
    n-line night-edition nightshade north off-road onyx overland platinum plus premium prerunner prestige
    prime pro progressiv quattro r-line r/t raptor rebel rs rst rubicon s s-line sahara scat-pack se sel
    select shelby si signature sl sle slt sport sr sr5 srt ss st sti style summit sv sxt tdi tech technik
    titanium touring trailhawk trd trd-pro tremor trendline tsi type-r type-s ultimate wilderness willys wrx
    xdrive xl xle xlt xse z71 turbo carrera targa speedster spyder gts super-duty badlands big-bend st-line amg-line
    vignale monte-carlo competition premier sportline preferred inscription momentum activ
    """,
    )
)
PLAIN_TRIMS = frozenset(
    re.findall(
        r"\S+",
        """
    advance altitude base business elegance elite essence executive hybrid is l life lightning limited luxury
    north overland platinum plus premium prestige prime pro rebel s select signature sport style summit tech
    titanium touring ultimate turbo competition premier preferred momentum inscription
    """,
    )
)
_NICKNAMES = re.findall(
    r"\S+",
    """
    stang=mustang vette=corvette stingray=corvette chevrolet=chevrolet landcruiser=land-cruiser
    lambo=lamborghini f150=f-150 f250=f-250 f350=f-350 benz=mercedes-benz prii=prius priuses=prius
    """,
)
NICKNAMES = dict(pair.split("=") for pair in _NICKNAMES)
_BODIES = re.findall(
    r"\S+",
    """
    sedan=sedan saloon=sedan coupe=coupe hatchback=hatchback hatch=hatchback wagon=wagon estate=wagon
    kombi=wagon suv=suv crossover=suv pickup=pickup pick-up=pickup truck=pickup minivan=minivan van=minivan
    convertible=convertible cabrio=convertible cabriolet=convertible roadster=convertible
    """,
)
BODIES = dict(pair.split("=") for pair in _BODIES)
_COLOURS = re.findall(
    r"\S+",
    """
    black=black white=white silver=silver gray=gray grey=gray red=red blue=blue green=green yellow=yellow
    orange=orange brown=brown beige=beige tan=tan gold=gold maroon=red burgundy=red purple=purple
    bronze=bronze champagne=champagne charcoal=gray navy=blue teal=teal cream=beige graphite=gray crimson=red
    turquoise=teal pink=pink ivory=white
    """,
)
COLOURS = dict(pair.split("=") for pair in _COLOURS)

__all__ = [
    "BODIES",
    "COLOURS",
    "COMMON_WORD_MAKES",
    "COMMON_WORD_MODELS",
    "MAKES",
    "MODELS",
    "NICKNAMES",
    "PLAIN_TRIMS",
    "TRIMS",
]
