/** Stands for nothing, for a word that is to be guessed, and for one that is too rare to be known. */
export const speechSigns = { padding: 0, masked: 1, rare: 2 } as const;

/**
 * The signs, then the 1,997 commonest words and stops of the training part of the speeches, commonest first.
 */
export const speechWords: readonly string[] = [
  '·',
  '▒',
  '?…',
  ...`
the . of , to and in a our is that for we be this it have by i will with are as has not on been which all
their at from government but was should an more these can they congress states its must or people year no
now united than new there world would one them so years such made us country other american war great were
upon any time you last if who do my those most every national some under public america may only 000 work
make nation also peace nations his into many when law federal system present during had power state first
own over what ; without need good general against economic before out act well service two about security
legislation between policy free americans : your citizens foreign help important economy very because just
much necessary shall part long up department still progress he men business military both action through
program could subject future right past increase report continue already way know tax same since
administration being laws far trade here health support attention million each even am countries defense
budget within where interest better give too high yet union freedom relations take life tonight among best
care means president consideration full never together hope while large next ever number home force 1
however jobs again rights come let children meet purpose condition plan forces like treaty increased me
done international possible believe use today after fiscal commerce day secretary development effort taken
another further interests land private course less duty navy toward history labor strength whole programs
recommend constitution billion 2 end result education ago needs provide responsibility expenditures given
percent control want money dollars army question place several cannot pay families growth down others
political prosperity justice efforts her three energy measures period small strong commission change it's
making then therefore become get powers working resources treasury greater thus opportunity problems put
special governments always certain authority order keep how office cost production social executive ask
importance nearly session mexico secure reform nor th themselves welfare say protection spirit amount debt
proper common go ought back ? industry revenue commercial conditions europe few officers protect we've
income see until human local civil does rate america's early established problem set soviet 3 message
community 5 that's agriculture construction might character provided duties fact senate effect half
received aid capital existing needed results bring essential lands once cooperation effective serious
we're workers agreement continued individual itself major members millions recommendations claims
additional proposed provision republic taxes total 30 success benefits bill cause passed reduction schools
4 nation's ourselves job lives man recent think true abroad respect self brought building cut rates
whether build especially found price require equal forward prices real matter soon spending territory
things value four nuclear old industrial institutions relief required women adequate affairs almost demand
did measure property submitted able domestic fully nothing alone him second throughout higher paid school
why increasing case century fair left months naval view remain weapons 10 cases china having vessels
appropriations insurance kind reduce employment face family improvement indian line pass call credit faith
farm house permanent reduced st crime different june per said either look maintain regard open democracy
growing point population challenge confidence due financial goal hard independence inflation sure annual
sound called living principles immediate field legislative necessity propose lead prevent times adopted
created entire held live pacific spain experience find organization reason satisfactory share stand allies
clear friendly washington water areas banks benefit beyond communities including operations seek difficult
efficiency fellow going policies assistance class housing object urge afford deficit principle services
wage agricultural create greatest information parties purposes she society third transportation ahead
child east enterprise issue reached requires south little longer management middle off operation veterans
convention enough fight lines save steps task food friends greatly negotiations single supply treaties
basic court days strengthen surplus troops city establishment hands improve laid often peaceful provisions
basis changes estimated extended market questions recommended settlement situation trust danger indians
process products unless based district expected islands leadership opinion receipts receive research
return short desire doing least post step used bank carry costs farmers providing tariff vital works armed
favorable finally form nature representatives successful achieve example gold methods position presented
record sense took advance age away circumstances constitutional honor let's medical minister obligations
rapidly s above complete independent known leave oil term appropriation beginning close liberty met
neither rest vast west across britain completed don't five move natural particular serve side unemployment
various ways departments engaged favor hold influence level ships young 6 appointed balance capacity
carried citizen coast improved seen whatever wise businesses concern conflict deal develop mutual start
stop 20 arms chance competition fund investment whose available believed direction doubt encourage exist
extent generation low march recently aggression around commitment demands desirable funds north
opportunities sent acts agencies begin board current democratic france lost markets party reach advantage
conference currency efficient remains wealth accomplished attack burden committed extend facilities hand
highest terms begun companies continuing earth enforcement modern month persons recommendation river
safety show shown values ability along chief cities european fighting final i've intercourse internal
leaders prepared quality ready threat cent comprehensive earnestly expect instead island promise
responsible safe shows thing cuba limited lower majority personal produce proposals submit technology
addition amendment branch british careful central differences dollar i'm organized parents permit raise
space subjects sufficient training asia communist crisis determination enacted improvements material
pending portion previous recognize similar texas coming former goods increases preserve promote tribes 100
15 adjustment area evil exercise industries issues moment payment promptly something standard thought
activities considerable difficulties expenses immediately late none sum taking 7 actual degree direct
directly exports larger maintained meeting method particularly race reserve science substantial turn
conduct courage delay enemy events expansion interior january japan payments produced air authorized
became causes directed employees expense god july merely probably proud sea western 50 actions although
big communication determined entirely facts kept plans rather region struggle thousands world's built
college continues decisions emergency estimates except foundation gratifying hoped knowledge mean peoples
placed points rapid reports savings speak temporary valuable added can't everything followed helped highly
largest medicare miles powerful reasonable regulations urgent 11 asked behind body canal civilization
clean constantly defend fail fear helping homes immigration join postal recovery revenues rule sources
views wages whom wisdom authorities challenges courts diplomatic election entered failure generally
impossible individuals initiative iraq loss moral poverty rural send standards strategic treatment worked
access approach branches designed destruction hundred jurisdiction largely limits near projects restore
revolution russia source stronger strongly worthy 8 choice clearly connection expand fundamental goals
levels mail makes movement terrorists test u 12 25 40 assure atlantic began bureau claim evidence exists
ground liberal manner objects practical satisfaction seems taxation they're though application command
concluded consider considered matters mr necessarily relation remedy secured seven stability understanding
wish 21 afghanistan africa chamber corporations death earnest equally extension felt historic invite
involved marked offices parts principal remember we'll white agreements comes constant corps drug easy
ending everyone fixed giving interstate judgment later mexican occurred postmaster recognized simple
sought spanish supplies vietnam waste wrong 500 active address bipartisan came choose cuts dangerous
decade decades depends developed eight failed feel global got heretofore imports minimum offer places
prosperous proved regulation represent seem steadily advantages applause balanced chinese concerned
coverage establish fall indeed korea maintenance navigation occasion productive run specific students tell
thank victory 1947 1980 9 agree allowed average battle charge commissioners criminal date developing
granted herewith mere obligation poor referred rendered retirement september statute trained try unity
violence account approved articles california company compensation difference disaster expenditure follow
gives limit reasons reforms removed rise rising supervision sustained territories terror adoption applied
avoid boundary carrying connected deemed entitled friendship hemisphere negotiation partnership republics
responsibilities vice willing acres agency appropriate congressional equipment era existence farmer
funding germany group grow heavy humanity improving include issued legal lies light ours person proposal
provides reaching reference renew revision statement successfully useful vote achieved allow apparent
bonds dealing decision difficulty employed enable environment extending frontier investigation materials
mississippi otherwise railroad raised requirements role 1946 200 border citizenship commend communicated
deep encouragement following invited judicial leading love mission paying pension perhaps preceding rules
saved scientific signed silver surely understand accepted add bills confident december ensure houses
maintaining passage ports prompt quarter recession remaining southern study supported ! achievement
arrangement asking attempt behalf bringing commissioner concerns conclusion contribute depend depression
enemies governor guns honest investments learn length mind neighbors november obtain officer passing
preservation properly ratification review road threatened abuse accomplish alike assist bear certainly
columbia competitive consequences correspondence empire equality indispensable key loans numbers panama
practice practices range recognition settled simply stable steady survey there's twenty uniform advanced
agents answer anything beneficial determine effects else enter execution extraordinary february finances
heart idea intelligence lot moreover objectives occupation official pressing protected pursued skills
standing systems thanks win bad conservation doctrine eastern enactment ended everywhere export expressed
extensive fourth gone grants groups grown hour pride realize republican resulted six soil strengthened
substantially teachers truth undertaken unnecessary wholly words 22 adjusted advances agreed april atomic
broad civilized committee constructive controls cooperative deficits deserve detailed drugs eliminate
generous ideals ii included iran joint lay legislature people's priority product prove regular
relationship sacrifice separate served size speed unprecedented aim appears approval august campaign coal
consequence discrimination effectively forest healthy instance invest led rico scale seeking soldiers
solution stay suggestions top wars wisely 14 18 accordingly affected alaska buildings burdens changed
continent creation dangers deeply double event evils forever gave government's guard immigrants includes
insure interested keeping main monetary obvious police promoting proportion quickly refer rests roads
solve summer turned worker assume becomes conducted considerations corporation creating critical earn
enforce excess expanded fairly forms functions gain gulf ideas interesting mankind marine mass net
nevertheless nicaragua notes numerous obtained october opened prepare promotion purchase regarded
reorganization returned reward sale saw seriously significant slavery suggested suitable ten waters weeks
wide york 13 base carefully chosen completely destroy disease disposition educational encouraging finance
fleet gun inadequate intend intended kansas moving objective performance politics practicable pursue
railroads ratified really remove renewed republicans request resort rich sector succeed suffered thousand
trying understood wherever 16 administrative attitude borders break changing compared declared democrats
demonstrated dependent disposed divided dream exclusive farms french governmental grateful happy harbor
illegal incomes latter loan member performed permitted planning play privilege profits reducing related
saving stands structure supreme takes territorial thereby ultimate units admitted anticipated appear
becoming cold contracts decline despite details distant distribution dreams enact exchange fire formed
happen harmony hopeful hopes hostile imposed incentives inevitable justify launched looking lose lowest
manufacturing merchant negotiated ocean opening outside path possession preserved producing raising
resolution response shape speaker speedily stock strengthening vigorous welcome absolutely accomplishment
accounts adopt affect apply attended civilian combination communications confidently contemplated contrary
decided elements enormous establishing estimate examination exception exhibits exposition institution
laughter manufactures offered overseas ownership possessions promises railway resource respective risk
ship smaller suffering tribunal truly voice voluntary worth 90 according admission affordable ample appeal
bless born consular contract demanded detail discussion disposal existed favored flag forests honorable
integrity judges justified learned manifest merit ordinary overcome perfect personnel pledge presents
primary priorities profit proposition relating repeated represented restraint seemed shores sometimes
spent spread strongest universal veto vision wait wants abundant acted activity actually agenda anyone
arbitration assumed assured attained belief below brave buy competent confined contribution denied dignity
diplomacy division employers faced fast firm forced generations goes hawaii hitherto insist joined killed
latin leaving occupied partisan peacetime philippines popular protecting pursuit reductions repeal
restoration restrictions routes season speedy supporting thirty told ultimately urban won't worse worst
year's yes 80 aggregate aids amounts announced arrangements attacks closely combat commitments compete
concerning consumers costly customs decrease desired didn't distress enjoy enlisted experienced fields
grant injuries likely massive non overwhelming proceed putting redress regions regulatory render reported
restored stated suggest threats unfortunately victims afforded amounted brazil charged combined
continuance d defenses definite effected elected exercised
`
    .trim()
    .split(/\s+/),
];
