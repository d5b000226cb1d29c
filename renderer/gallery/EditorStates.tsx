import { readyBlocks } from '#shared/blocks/index.ts';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import { templates } from '#shared/templates/index.ts';
import { BlockEditor } from '../blocks/BlockEditor.tsx';
import { ComparePanel } from '../compare/ComparePanel.tsx';
import { CompareView } from '../compare/CompareView.tsx';
import { VariablesForm } from '../inspector/VariablesForm.tsx';
import { TabStrip } from '../shell/TabStrip.tsx';
import { RecentCard } from '../start/RecentFiles.tsx';
import { TourOffer } from '../tour/TourOffer.tsx';
import { Fixture } from './Fixture.tsx';
import * as data from './fixtureData.ts';

const nothing = (): void => undefined;

const withVariables: GraphDocument = graphDocumentSchema.parse({
  format: 'neuroloom',
  version: 1,
  name: 'Named numbers',
  nodes: [{ id: 'dense', kind: 'dense', params: { units: '=4*width' }, position: { x: 0, y: 0 } }],
  edges: [],
  variables: [
    { name: 'width', value: 16, description: 'Channels of the first layer' },
    { name: 'wide', value: '=4*width' },
    { name: 'broken', value: '=nowhere+1' },
  ],
});

const residual = readyBlocks[0]?.definitions.at(-1);
const withBlock: GraphDocument = {
  ...withVariables,
  blocks: readyBlocks[0] ? [...readyBlocks[0].definitions] : [],
};

const compare = {
  items: [],
  at: null,
  moved: 0,
  onPick: nothing,
  onShow: nothing,
  onStep: nothing,
  onEnd: nothing,
};

/** Tabs, variables, blocks, comparing, the tour and recent graphs, each in its states. */
export function EditorStates() {
  const [file, gone] = data.recent;
  const [template, other] = templates;
  return (
    <>
      <Fixture name="Tabs" height={34}>
        <TabStrip />
      </Fixture>
      <div className="grid grid-cols-[298px_298px_298px] gap-6">
        <Fixture name="Variables" height={420}>
          <div className="ins-body">
            <VariablesForm document={withVariables} />
          </div>
        </Fixture>
        <Fixture name="Variables, none" height={420}>
          <VariablesForm document={{ ...withVariables, variables: [] }} />
        </Fixture>
        {residual && (
          <Fixture name="A block, opened" height={420}>
            <div className="flex h-full flex-col">
              <BlockEditor block={residual} document={withBlock} />
            </div>
          </Fixture>
        )}
      </div>
      <Fixture name="Compare, empty">
        <CompareView {...compare} name={null} />
      </Fixture>
      <Fixture name="Compare, nothing differs" height={120}>
        <CompareView {...compare} name="older.neuroloom.json" moved={3} />
      </Fixture>
      <Fixture name="Compare">
        <ComparePanel />
      </Fixture>
      <Fixture name="Tour, offered" height={110}>
        <div className="p-4">
          <TourOffer onStart={nothing} onDecline={nothing} />
        </div>
      </Fixture>
      {file && gone && template && other && (
        <Fixture name="Start, recent graphs with pictures" height={240}>
          <ul className="start-recent p-4">
            <RecentCard
              file={file}
              document={template.document}
              run={data.run('14', 'finished')}
              onOpen={nothing}
              onForget={nothing}
            />
            <RecentCard
              file={{ ...file, path: '/home/ada/other.neuroloom.json', name: 'other' }}
              document={other.document}
              run={data.run('15', 'training')}
              onOpen={nothing}
              onForget={nothing}
            />
            <RecentCard file={file} document={null} run={undefined} onOpen={nothing} onForget={nothing} />
            <RecentCard file={gone} document={null} run={undefined} onOpen={nothing} onForget={nothing} />
          </ul>
        </Fixture>
      )}
    </>
  );
}
