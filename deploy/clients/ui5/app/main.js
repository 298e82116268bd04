/**
 * Accounts in a list with pages, a filter and an order, and a form: all through SAP UI5's own OData v4 model, which
 * makes the requests as it makes them in any application of UI5's.
 */
sap.ui.define(
  [
    'sap/ui/core/Messaging',
    'sap/ui/model/Filter',
    'sap/ui/model/FilterOperator',
    'sap/ui/model/Sorter',
    'sap/ui/model/odata/v4/ODataModel',
    './controls',
  ],
  (Messaging, Filter, FilterOperator, Sorter, ODataModel, controls) => {
    'use strict';

    const { Button, Field, Line, Lines } = controls;
    const PAGE = 5;
    const CHANGES = 'changes';

    const model = new ODataModel({
      serviceUrl: '/api/v1/data/',
      operationMode: 'Server',
      autoExpandSelect: true,
      updateGroupId: CHANGES,
    });
    const list = new Lines({ label: 'Accounts' });
    const count = new Line({ text: { path: '$count' }, detail: 'accounts' });
    const fields = ['name', 'city', 'website', 'revenue'].map((name) => new Field({ label: name, value: { path: name } }));
    const messages = new Lines({
      label: 'Messages',
      items: { path: 'message>/', template: new Line({ text: { path: 'message>message' } }) },
    });
    const search = new Field({ label: 'Search', change: () => show({ page: 0, search: search.getValue() }) });
    const asked = { page: 0, search: '', descending: false };
    let selected = null;

    function select(context) {
      selected = context;
      fields.forEach((field) => field.setBindingContext(context));
    }

    function show(change) {
      Object.assign(asked, change);
      list.bindAggregation('items', {
        path: '/accounts',
        parameters: { $count: true },
        startIndex: asked.page * PAGE,
        length: PAGE,
        sorter: new Sorter('name', asked.descending),
        filters: asked.search === '' ? [] : [new Filter('name', FilterOperator.Contains, asked.search)],
        template: new Line({
          text: { path: 'name' },
          detail: { path: 'parent/name' },
          press: (event) => select(event.getSource().getBindingContext()),
        }),
      });
      count.setBindingContext(list.getBinding('items').getHeaderContext());
    }

    const actions = {
      Next: () => show({ page: asked.page + 1 }),
      Turn: () => show({ page: 0, descending: !asked.descending }),
      New: () => select(list.getBinding('items').create({})),
      Save: () => model.submitBatch(CHANGES),
      Discard: () => model.resetChanges(CHANGES),
      Delete: () => {
        const gone = selected;
        select(null);
        gone.delete('$auto');
      },
    };
    const buttons = Object.entries(actions).map(
      ([text, act]) =>
        new Button({
          text,
          press: () => {
            Messaging.removeAllMessages();
            act();
          },
        }),
    );

    messages.setModel(Messaging.getMessageModel(), 'message');
    [count, list, search, ...fields, ...buttons, messages].forEach((control) => {
      control.setModel(model);
      control.placeAt('content');
    });
    show({});
  },
);
