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
    320i 325i 328i 330i 335i 350z 370z 4runner 500l 500x 525i 528i 530i 535i a-class a1 a3 a4 a5 a6 a7 a8 acadia
    accent accord altima ariya arkana armada arona arteon ascent astra asx ateca atlas ats auris avalon avenger
    aviator aygo aztek b-class b-max baleno bayon beetle blazer bolt boxster bravada bronco brz bz4x c-class
    c-hr c-max c30 c300 c40 caddy cadenza camaro camry canyon captur caravan carens carnival cayenne cayman ceed
    celica challenger charger cherokee civic cla clio clk clubman cobalt colorado compass cooper corolla corsa
    corsair corvette countryman cr-v crossland crosstrek crown crown-victoria cruze ct4 ct5 ct6 cts cx-3 cx-30
    cx-5 cx-50 cx-60 cx-7 cx-70 cx-80 cx-9 cx-90 cybertruck dart defender discovery dolphin durango duster
    e-class e-pace e-tron e320 e350 e550 eclipse ecosport edge elantra eldorado element enclave encore envision
    envista eqa eqb eqc eqe eqs equinox es250 es300 es330 es350 escalade escape ev3 ev4 ev5 ev6 ev9 evoque ex30
    ex90 expedition explorer express f-150 f-250 f-350 f-pace f-type f150 fabia fiesta fit flex focus forester
    forte freelander frontier fusion g-wagon g35 g37 g6 g70 g80 g90 galant galaxy genesis giulia giulietta gl450
    gla gladiator glb glc gle glk gls golf golf-r gr-corolla gr-yaris gr86 grand-caravan grand-cherokee
    grand-prix grandland gs300 gs350 gt-r gti gv60 gv70 gv80 gx460 gx470 hhr highlander hilux hornet hr-v i-pace
    i10 i20 i3 i30 i4 i5 i7 i8 ibiza id.3 id.4 id.buzz ignis ilx impala impreza insight insignia integra ion
    ioniq is250 is350 ix ix1 ix3 ix35 jazz jetta jimny jogger journey juke k4 k5 k900 kamiq karoq kicks kodiaq
    kona kuga l200 lacrosse lancer land-cruiser lc500 leaf legacy leon levorg liberty ls430 lx470 lx570 lyriq m2
    m3 m4 m5 m8 macan mach-e malibu matrix maverick maxima mazda2 mazda3 mazda5 mazda6 mdx megane miata micra
    mirage mirai mito mkx mkz ml320 ml350 model-3 model-s model-x model-y mokka mondeo murano mustang mx-30 mx-5
    mx-6 nautilus navigator neon nexo niro nx250 nx300 nx350 octavia odyssey optima optiq outback outlander
    pacifica palisade panamera panda passat passport pathfinder patriot picanto pilot polo prelude prius proace
    prologue promaster puma q2 q3 q4 q5 q50 q6 q7 q8 qashqai quest qx4 qx60 qx80 r1s r1t r8 ram-1500 ram-2500
    ram-3500 range-rover ranger rav4 rdx regal renegade ridgeline rio rogue roomster rsx rx330 rx350 rx500 s-10
    s-class s-cross s-max s2000 s4 s40 s60 s80 s90 sandero santa-fe scala scenic scirocco sebring seltos sentra
    sequoia sharan sienna sierra silverado slk solara solterra sonata sonic sorento soul spark sportage sprinter
    srx stelvio stinger stonic stratus suburban superb supra swift t-cross t-roc tacoma tahoe taos tarraco
    taurus taycan tayron tc telluride terrain thunderbird tiguan titan tl tlx touareg touran town-and-country
    town-car trailblazer transit traverse trax tsx tt tucson tundra twingo up v-class v40 v60 v70 v90 velar
    veloster venue venza versa vistiq vitara vito volt vue wagoneer wrangler wrx x-trail x1 x2 x3 x4 x5 x6 x7 xb
    xc40 xc60 xc70 xc90 xceed xf xj xt4 xt5 xt6 xterra yaris yukon z3 z4 zafira zoe zr-v
    """,
    )
)
COMMON_WORD_MODELS = frozenset(
    re.findall(
        r"\S+",
        """
    accent accord ascent atlas avenger aviator beetle blazer bolt caddy canyon captur caravan carnival
    challenger charger colorado compass cooper crown dart defender discovery dolphin duster eclipse edge element
    enclave encore escape explorer express fit flex focus forte frontier fusion galaxy genesis golf hornet i3 i4
    insight ion is ix jazz journey kicks leaf legacy leon liberty matrix maverick mirage neon optima panda
    passport patriot pilot polo prologue puma quest ranger regal renegade rio rogue scala scenic sequoia sierra
    smart sonic soul spark stinger superb swift tc terrain titan transit traverse tt up velar venture venue volt
    vue x1 xb zoe
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
