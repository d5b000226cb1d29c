/** The 2,000 commonest words of Moby Dick, in lower case and without the ’s, commonest first. */
export const bookWords: readonly string[] = `
the of and a to in that his it i he but as with is was for all this at by whale not from him so on be
one you there now had have or were they like me then which what some their when an are my no upon out
man into ahab ship up more if them old sea we ye would other been over these though will down only its
such who yet head time boat long her captain any here very still about do those than said before two
great has seemed must white last most way thou after see again stubb how queequeg did little whales men
round three while your say sperm may first well through every us much being off good where hand could
same side himself look never our own ever starbuck can deck almost go even thing away too water might
should come made pequod chapter day world life sir fish among back far many seen line cried nor aye eyes
let oh without sort know part thought god night right once boats air crew whole half tell against thus
things hands soon take thee came each small whaling mast both feet something full think between don’t
till under why just place nothing she thy another called found times poor towards along heard make body
flask high stand moment sight saw sun end sail hold strange new went voyage face get does however few
years shall because dead black stood going indeed leg also arm certain death heart nantucket perhaps
whether am eye iron oil seems heads matter ships whose cabin give seas sometimes true wild dick hard
itself jonah leviathan moby seem soul standing sailor always days harpooneer mind present young ere
light tail land lay mate within bed bildad enough harpoon instant known beneath large length word yes
fire least morning peleg pip set done put board four often open rather case living ocean point whalemen
looking general keep top waters business cannot name vast wind deep left myself therefore turned best
boy having i’ll looked lower since work fast fishery lord near reason together better hear aloft further
mr order blood live spout turn book chase fine short broad dark rope second themselves watch above gone
king room tashtego feel indian ivory jaw mouth next bottom entire harpooneers home mark peculiar call
close cook craft curious devil find goes ground savage began comes coming fellow grand green run try cut
sailors taking turning forth forward less rest speak stern vessel bone broken heaven main nevertheless
thousand below bows carpenter coffin common hundred particular sharks slowly story suddenly taken took
behind besides pull stranger struck teeth used wide kept quarter voice waves bones else english fact got
lost monster running says several sleep straight ten blue chance door making mighty mine people sure
view whaleman whatever especially five hole house lance means nigh sails sat touching anything bow
caught earth form knew noble queer rolled seamen somehow sudden creature hours passed sharp surface told
wondrous brow course felt parts quite sound calm cape clear coast concerning em gold hat hour mates mere
mortal nature quick ready red saying steelkilt whom alone art cry easy makes mean oars pipe purpose
single wake darted de distance forehead gave gentlemen ha help low mass object others plain plainly
power various arms aspect bear bulwarks chief cutting daggoo either famous fixed flukes forecastle heavy
held holding human leaving lines middle sailed seeing skin suppose table born brought given legs manner
natural placed sign sky truth unknown use wonder ago around boys brain helm loose mad previous rose shot
town turns weather wood blubber fair fell fin greenland hope landlord none remained rigging rolling
sailing skeleton spring start strong thoughts twenty american company completely creatures didn’t
drawing d’ye foot hammock hardly idea nearly stop third want account aft already ashore darkness during
fear harpoons hence ho hull intervals island jet kill nose pacific proper show steel visible won’t
across bulk cast cold considering doubt except fifty forty fresh instances knife pass passage planks
storm substance upper woe act carried die flying free hammer hoisted horn hung killed o possibly really
rising shark smoke snow soft species strike suspended thunder tossed touch vain aside battle certainly
final generally i’ve lamp leeward mariners miles nay pointed pole possible question sideways six st
stands strangely supper unless words works astern become can’t command entirely feeling giving glance
gods hast huge hunters knows late leaning meanwhile mild oar person pretty shipmates swimming thinking
ahead alive alongside altogether ancient believe bit bound coat eyeing father fedallah fishermen gale
hump ice i’m lightning looks midnight overboard parsee pilot play precisely read royal scene seated
sides somewhat south started steady thick whiteness wholly wooden according blow bodily chest
circumstance circumstances considerable cruising degree dropped ears fancy finally followed friend
getting hair hearts horse jaws keel lie otherwise port silent state sweet thirty tis war wife wise
yourself added afterwards answer bearing beat cases complete drawn drop duty eight enormous headed
hinted interval kind masts number received similar skull spread takes talk vessels watery yards year
became beyond captains carry commanded dart dutch e escape exactly fiery following fore front honour
hunt instead lad lakeman learned level orders perils pulling ran remains scuttle secret seldom self
strength swift sword thyself wall ah break bright circle consider country different flesh flew floating
gazing hidden higher hint hot instantly lances love meantime negro owing pagan passing pursuit real
regarded regular remain somewhere speaking spot tall thrown warm yellow advance avast bag burst cause
dashed deadly descried east filled formed game golden grow jacket jolly likewise log master nantucketer
radney rear seventy shore sink sitting sleeping souls striking terrible windlass windward wonderful
aboard age ain’t anchor attached base beheld blacksmith centre decks distant dost drew empty evinced
french gunwale hailed invested laid law lives lofty magnitude minutes original post prow quickly
repeated spare step stove terror terrors truly winds worse advancing answered billows blows breeze casks
cross dat died dignity dim don doubloon england fain fall floor follow gay gentleman gigantic grey grown
hanging hollow holy inches ishmael lies lowered lying moreover needs officers outer owners past places
profound raised rise separate slightest son spade squall subject swung thinks tree virtue ways awful
beginning cannibal chiefly concluded dam deeper directly dog drive eh elephant ends eternal everything
fight figure former gabriel glass globe history hunted hunter ill inch leaves merchant merely met noon
ones picture pitch porpoise precise presented presently quietly rapidly sake seat silence sing smoking
solitary sorts stuff swam swiftly swim telling tomahawk upwards whaler whalers atlantic beach bedford
beef box brave bring careful chains child content crossing crown delight difference dinner drink
dropping evening example flag foam forced gives glory guess height he’ll hook horizon inside instance
intense jump kings largest leave lee lips lo longer lowering marked meet mentioned mother nameless
opposite ordinary pay period perth pieces plenty pointing pots precious prodigious rate regularly
revealed ribs rush seized sought spermaceti spirit spite steward thereby thine vicinity yard yonder
affair bad bench books captured christian compass continually cool devils dough dragged fatal flame
foolish fro gaze grave heave hill hitherto important inserted interest irons isles laugh lead leviathans
lifted madness meaning minute modern months muttered native neck oarsmen observed originally plank
previously race reached remember ring rocks roll row rushing shape shouted solid spine starboard tackles
thin thrust trunk trying understand whence whereas yojo actually amid barrels behold binnacle bird bore
breaking breath carries civilized clean commander corner cries distinct doom double earthly encounter
encountered engaged fairly fate feels fill fit flames floated folio fool friends fully furnished ginger
happened harbor hark heat heavens hell horizontal hussey impossible inn invisible islands joy keen
knowing locked lungs monkey motion mystic neither oceans pale paused pictures piece pleasant proved
pulpit putting queen scientific sent shake showed sixty slid spray stone straits stricken thousands
unaccountable uncommon watching weary weight west window wound ages apart blast blind bold bread broke
bucket bull canal carrying children colour coward crews crossed dare direction disappeared doing drag
dry effect elijah employed endless events exceedingly faces fail faith fins firm frantic future german
grass hail heaving helped horrible ii immediately immortal latitudes latter marble marks marvellous
measure missing numerous oarsman officer ourselves palms perilous position prophet pumps pushed rare
respect rock rod roman sank save season secured seek shadow shadows shock signs silently sleet space
spoke spouts steak streets stroke summer superior torn tow tried troubled twelve utmost vapour violent
whenever working wrinkled wrinkles yield afraid anywhere arrived asked awe beware boiling boots
breakfast buried canvas care carved character chased church city closely considered continual continued
corpse crazy critical crow cunning customary darting declared deemed dying entered erect exclaimed
fingers flood foe food forming gained gliding grew handle hither honest hue intent jack lads leak lively
luck mariner meant mention minds mounted moved moving naught nearer north occasionally opening opinion
partly perceived phantom piled planted proceed reach rushed seizing sense seven simultaneously sit
sounding special split square supposed terrific token tormented trees tub tun unseen voyages worth yea
ambergris armed backs big blanket bunger bye calmly canst capture chap circles cod conceit den departed
eager equal extreme fat fathoms finger flank fourth gain gallant ghost glancing glided greater grounds
hearing herd hit idol immense individual keeping ladies latitude leaned leap leaped leaping lesson
letter lighted lived loaded mankind manned mat matters merry moody mountains mrs need pains points
practical prey private probably prove pulled readily receiving reference remarkable resolved returned
rib roared rolls ropes seaman send shook silver sinking slightly sooner spoken sprang stars stay
steering stout straightway subsequent swear sweep swinging theirs throw tide tiller tore touched tower
towing trowsers tubs volume warp wherefore wish wonders additional afloat animal ashes barbs bears
becomes begin belonged bent bowels buoy burning bursting calling calls capstan catch caused central
centuries chanced clouds conduct connected conscience contrary contrast countenance cursed dangerous
derick descend desperate doubtless downwards draw drowned dumb ear eating elsewhere enchanted evil
excellent external falling family fashioned fearful field firmly fitted fleece fly forge forms freely
frequently glad gloom greatest happens haul hearted heaved hemp hoisting horror howling iii indirectly
insult interior involuntarily isle i’d job john key knowledge ladder landed lantern leading lean lift
lonely loud malice manxman meat meeting milk mixed moments money morrow motions mountain murmured naked
names narrow naturally octavo offered oriental outs o’clock painted peril please pocket polar poles
ponderous prairie quiet rapid reaching resting return rods sadly salt scarce seeking setting settled
shipmate shipped shoulder shoulders shut sights singing slain slow smells social solemn sounds spars
speed strain street stump sweeping system tapering terms thank tied toil tossing twice um unearthly
unusual usage utterly vengeance watches winter wreck advanced alike america aught ball bar barbaric
begins beholding belong bible birds blackness blessed block brother burn butter cannibals canoe
carefully cask clam clothes coiled commotion concluding contact cover deal desired direct discovery
early eat elephants elevated equator event exceeding experienced faint fashion fastened features fellows
fetch fleet floats flung force foremost forget fowls grim guernsey hearse helmsman herds horses image
included indifferent indispensable infallibly invariably jets judgment jumped kick lashed lengthwise
london lovely mainmast memory mid mist monomaniac mostly mount nailed narwhale naturalists needle
needles nest news nights noise notice noticed objects observe obvious outward pacing pair peace
peculiarities perpendicular perseus pick pine plan possession prepared prolonged ramadan reasons
remaining remote repose sand scenes secure service significant simple size slave smaller softly southern
spanish spell spiritual spouting starting steadily stranded stripped strongly subtle swallowed swell
swells symbol tackle tambourine taste temple temporary throwing tiger upright using vice virgin vocation
waist walls wanting welded wet whalebone wharf whispered wicked wine women wore worn worship written
absent accursed alas anybody appalling appearance approaching arched articles ask baleen bare beating
bell berth birth blinds boldly bowed breadth brief bringing buffalo century changed chapel closed clumsy
coils compasses concern consternation convenient covered crack crotch cuvier dear demanded dense depth
depths
`
  .trim()
  .split(/\s+/);

/**
 * Some of these words by kind, for seeing whether vectors of words of one kind are alike: numbers, the body,
 * the ship, the crew and owners, places, times, the whale.
 */
export const wordKinds: readonly (readonly string[])[] = [
  'two three four five six seven eight ten twenty',
  'head hand hands eyes eye arm arms foot feet face mouth leg heart',
  'deck mast sail sails rigging cabin helm bow stern boat quarter',
  'ahab starbuck stubb flask queequeg pip bildad peleg',
  'nantucket england america greenland pacific atlantic',
  'day night morning hour evening minutes',
  'whale sperm leviathan spout flukes blubber jaw',
].map((words) => words.split(' '));

/** Pairs of two different words of those kinds. */
export const WORD_PAIRS = (() => {
  const count = wordKinds.flat().length;
  return (count * (count - 1)) / 2;
})();
